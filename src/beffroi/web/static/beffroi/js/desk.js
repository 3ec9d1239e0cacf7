// Keys for the desk: / searches, j and k move in the list, o opens, ? lists the keys.
// Signing out forgets the pages kept for phones. Listens on the document only, so that fragments swapped by htmx need nothing.
(() => {
  "use strict";
  const STORE = "beffroi.keys";
  const ROWS = "[data-row], .table tbody tr";
  const root = document.documentElement;
  root.classList.add("with-keys");

  const active = () => {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return true;
    }
  };
  const remember = (on) => {
    try {
      localStorage.setItem(STORE, on ? "on" : "off");
    } catch {
      // A browser that refuses storage keeps the keys for this page.
    }
  };
  const dialog = () => document.getElementById("keys");
  const showKeys = () => {
    const keys = dialog();
    if (!keys || keys.open || !keys.showModal) return;
    const box = keys.querySelector("[data-keys-active]");
    if (box) box.checked = active();
    keys.showModal();
  };
  const isTyping = (target) =>
    target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(target.type));

  const opener = (row) => row.querySelector("[data-open], a[href]");
  const rows = () => [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent !== null && opener(row));
  const currentRow = () => document.activeElement && document.activeElement.closest(ROWS);
  const move = (step) => {
    const list = rows();
    if (!list.length) return;
    const here = list.indexOf(currentRow());
    const there = here < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, here + step));
    opener(list[there]).focus({ focusVisible: true });
    list[there].scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    const input = document.querySelector("[data-desk-search], input[type=search]");
    if (!input) return;
    input.focus();
    input.select();
  };
  const open = () => {
    const row = currentRow();
    if (row && opener(row)) opener(row).click();
  };
  const acts = { "/": search, j: () => move(1), k: () => move(-1), o: open, "?": showKeys };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = acts[event.key];
    const keys = dialog();
    if (!act || !active() || isTyping(event.target) || (keys && keys.open)) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-show-keys]")) showKeys();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches && event.target.matches("[data-keys-active]")) remember(event.target.checked);
  });
  // Whoever leaves takes away the pages that the phones' door kept; what waits to be sent stays.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!window.caches || !form.matches("[data-sign-out]")) return;
    event.preventDefault();
    await caches.delete("beffroi-pages").catch(() => {});
    form.submit();
  });
})();
