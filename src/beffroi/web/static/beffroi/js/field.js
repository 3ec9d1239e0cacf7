// Taps on a phone: each is written on the phone first, under a mark of its own, then sent when the
// network answers. Sent twice, it counts once. Without this script every tap is a plain form.
// A phone may be shared: what somebody tapped is sent under her sign-in, and shown to her alone.
(() => {
  "use strict";
  const outbox = document.getElementById("outbox");
  if (!outbox || !window.indexedDB) return;
  const PAGES = "beffroi-pages";
  const DAY = 24 * 3600 * 1000;
  const BATCH = 200;
  const WHO = outbox.dataset.who;
  const isMine = (tap) => !tap.who || tap.who === WHO;

  // --- what is kept on the phone
  const base = new Promise((done, fail) => {
    const asked = indexedDB.open("beffroi-field", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("taps", { keyPath: "mark" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const within = async (mode, act) => {
    const store = (await base).transaction("taps", mode);
    return new Promise((done, fail) => {
      const asked = act(store.objectStore("taps"));
      store.oncomplete = () => done(asked && asked.result);
      store.onerror = store.onabort = () => fail(store.error);
    });
  };
  const keep = (tap) => within("readwrite", (taps) => taps.put({ ...tap, who: WHO }));
  const everything = () => within("readonly", (taps) => taps.getAll());
  const all = async () => (await everything()).filter(isMine).sort((a, b) => a.at - b.at);
  const drop = (gone) => within("readwrite", (taps) => gone.forEach((tap) => taps.delete(tap.mark)));
  // What was sent stays a day: a page kept from before must still show it when there is no network.
  const settle = (told, now) =>
    within("readwrite", (taps) => {
      for (const [mark, became] of Object.entries(told)) {
        const fate = became === "refused" ? { refused: true } : { sent: now };
        const asked = taps.get(mark);
        asked.onsuccess = () => {
          if (!asked.result) return;
          const kept = { ...asked.result, ...fate };
          if (kept.sent) delete kept.fields; // what was said outside leaves the phone; its number stays
          taps.put(kept);
        };
      }
    });
  const waiting = (taps) => taps.filter((tap) => !tap.sent && !tap.refused);
  const forget = async () => {
    const isOver = (tap) => tap.sent || tap.refused;
    const isOld = (tap) => isOver(tap) && (!isMine(tap) || Date.now() - tap.at > DAY);
    await drop((await everything()).filter(isOld));
  };
  // The pages somebody else left on this phone are not opened under another sign-in.
  const forgetPagesOfOthers = async () => {
    const key = "beffroi-field-who";
    if (!window.caches) return;
    try {
      if (localStorage.getItem(key) === WHO) return;
      localStorage.setItem(key, WHO);
    } catch {
      // a browser that refuses storage keeps no page from before
    }
    await caches.delete(PAGES);
  };
  const newMark = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // --- what is shown
  const sheet = document.getElementById("sheet");
  const number = (name) => Number(sheet.querySelector(name).textContent);
  const write = (name, value) => sheet.querySelectorAll(name).forEach((one) => (one.textContent = value));
  const recount = () => {
    const named = sheet.querySelectorAll('.tap[aria-pressed="true"]').length;
    const some = sheet.querySelector("[data-anonymous]") ? number("[data-anonymous]") : 0;
    write("[data-named]", named);
    write("[data-total]", named + some);
    const less = sheet.querySelector("[data-less]");
    if (less) less.disabled = some < 1;
  };
  const rowOf = (mark) => {
    const field = [...sheet.querySelectorAll('ul.taps input[name="participant"]')].find((one) => one.value === mark);
    return field && field.form;
  };
  const addRow = (tap) => {
    const list = sheet.querySelector("ul.taps");
    const model = sheet.querySelector("template[data-row]");
    if (!list || !model) return null;
    const row = model.content.firstElementChild.cloneNode(true);
    row.querySelector('[name="participant"]').value = tap.participant;
    row.querySelector('[name="name"]').value = tap.name;
    row.querySelector("[data-name]").textContent = tap.name;
    list.append(row);
    return row.querySelector("form");
  };
  const show = (tap) => {
    if (!sheet || String(tap.session) !== sheet.dataset.session || tap.refused) return;
    if (tap.sent && tap.sent < Number(sheet.dataset.now)) return; // the page knows it already
    if (tap.kind === "anonymous") {
      write("[data-anonymous]", Math.max(0, number("[data-anonymous]") + tap.delta));
    } else {
      const form = rowOf(tap.participant) || (tap.name ? addRow(tap) : null);
      if (!form) return;
      const here = tap.kind === "present";
      form.elements.kind.value = here ? "absent" : "present";
      const button = form.querySelector(".tap");
      button.setAttribute("aria-pressed", String(here));
      button.querySelector(".mark").textContent = here ? sheet.dataset.here : "";
    }
    recount();
  };
  // --- outings: contacts, kits and faults
  const ground = document.getElementById("ground");
  const showAct = (act) => {
    if (!ground || String(act.outing) !== ground.dataset.outing || act.refused) return;
    if (act.sent && act.sent < Number(ground.dataset.now)) return;
    for (const [name, more] of Object.entries(act.adds)) {
      ground.querySelectorAll(`[data-count="${name}"]`).forEach((one) => (one.textContent = Number(one.textContent) + more));
    }
  };
  const numberIn = (given, name) => Number(given.get(name) || 0);
  const fits = (form, given) => {
    const people = numberIn(given, "people") || numberIn(given, "other");
    const within = [["women", "men"], ["children", "young", "adults", "seniors"]].every(
      (names) => names.reduce((sum, name) => sum + numberIn(given, name), 0) <= people,
    );
    const other = form.elements.other;
    other.setCustomValidity(!people ? ground.dataset.nobody : within ? "" : ground.dataset.toomany);
    return form.reportValidity();
  };
  const readAct = (form, button) => {
    const what = form.dataset.act;
    const given = new FormData(form, button);
    if (what === "contact" && !fits(form, given)) return null;
    const fields = {};
    for (const [name, value] of given) if (name !== "csrfmiddlewaretoken") (fields[name] ||= []).push(String(value));
    const people = numberIn(given, "people") || numberIn(given, "other");
    const adds = { contact: { contacts: 1, people }, constat: { faults: 1 }, materiel: {} }[what];
    for (const [name, value] of given) {
      const kit = name.match(/^(given|back)_/);
      if (kit) adds[kit[1]] = (adds[kit[1]] || 0) + Number(value || 0);
    }
    if (what === "materiel" && !Object.values(adds).some(Boolean)) return null;
    return { mark: newMark(), what, outing: Number(ground.dataset.outing), at: Date.now(), fields, adds };
  };
  // Where and what stay for the next one; who and how many do not.
  const clearAct = (form) => {
    const stays = form.dataset.act === "contact" ? ["spot", "place", "kind"] : [];
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || stays.includes(field.name)) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else if (field.tagName === "INPUT") field.value = "";
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.act === "contact") form.elements.other.setCustomValidity("");
  });
  let signedOut = false;
  const tell = async () => {
    const taps = await all();
    const refused = taps.filter((tap) => tap.refused).length;
    const waits = waiting(taps).length;
    const others = waiting(await everything()).filter((tap) => !isMine(tap)).length;
    const said = [];
    if (others) said.push(`${others} ${outbox.dataset.others}`);
    if (waits) said.push(`${waits} ${outbox.dataset.waits}`);
    if (waits && signedOut) said.push(outbox.dataset.signedOut);
    if (refused) said.push(`${refused} ${outbox.dataset.refused}`);
    outbox.textContent = said.join(", ");
    outbox.dataset.count = String(waits);
    return waits;
  };

  // --- sending
  const post = async (taps, token, address) => {
    const answer = await fetch(address, {
      method: "POST", redirect: "manual", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ now: Date.now(), taps }),
    });
    if (!answer.ok) throw new Error(`sync ${answer.status}`);
    const told = await answer.json();
    await settle(told.taps, told.now);
  };
  const token = async () => {
    const answer = await fetch(outbox.dataset.sync, { redirect: "manual", credentials: "same-origin", cache: "no-store" });
    signedOut = answer.type === "opaqueredirect";
    if (!answer.ok) throw new Error("no token");
    const told = await answer.json();
    signedOut = told.who !== WHO; // another signed in meanwhile: what waits is not hers to send
    if (signedOut) throw new Error("not mine");
    return told.token;
  };
  const sendAll = async () => {
    const taps = waiting(await all());
    if (!taps.length) return;
    const seal = await token();
    for (const [address, mine] of [[outbox.dataset.sync, (tap) => !tap.what], [outbox.dataset.terrain, (tap) => tap.what]]) {
      let left = taps.filter(mine);
      while (left.length) {
        await post(left.slice(0, BATCH), seal, address);
        left = left.slice(BATCH);
      }
    }
  };
  let sending = null;
  let again = false;
  const send = () => {
    if (sending) {
      again = true;
      return sending;
    }
    sending = sendAll()
      .catch(() => {}) // no network: what waits, waits
      .then(tell)
      .finally(() => {
        sending = null;
        if (again) {
          again = false;
          send();
        }
      });
    return sending;
  };

  // --- touching
  const read = (form) => {
    const given = new FormData(form);
    const tap = { mark: newMark(), session: Number(sheet.dataset.session), at: Date.now() };
    if (form.dataset.tap === "count") {
      const delta = Number(given.get("delta"));
      if (!Number.isInteger(delta) || !delta || Math.abs(delta) > 500) return null;
      return { ...tap, kind: "anonymous", delta, band: given.get("band") || "unsaid" };
    }
    const name = String(given.get("name") || "").trim();
    if (form.dataset.tap === "new") {
      if (!name) return null;
      return { ...tap, kind: "present", participant: newMark(), name, is_alias: given.has("is_alias") };
    }
    return { ...tap, kind: given.get("kind"), participant: given.get("participant"), name };
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[data-sign-out]")) {
      event.preventDefault();
      await send();
      if (await tell()) {
        outbox.textContent = `${outbox.textContent}. ${outbox.dataset.first}`;
        return;
      }
      await caches.delete(PAGES);
      await drop(await all());
      form.submit();
      return;
    }
    if (ground && form.matches("[data-act]")) {
      if (form.dataset.plain) return;
      event.preventDefault();
      const act = readAct(form, event.submitter);
      if (!act) return;
      // At once: whoever counts quickly is already writing the next ones.
      const typed = [...form.elements].map((field) => [field, field.value, field.checked]);
      clearAct(form);
      try {
        await keep(act);
      } catch {
        for (const [field, value, checked] of typed) Object.assign(field, { value, checked });
        form.dataset.plain = "yes"; // a phone that keeps nothing sends the form itself
        form.requestSubmit(event.submitter);
        return;
      }
      showAct(act);
      await tell();
      ground.querySelector("[data-done]").textContent = ground.dataset.counted;
      send();
      return;
    }
    if (!sheet || !form.matches("[data-tap]")) return;
    event.preventDefault();
    const tap = read(form);
    if (!tap) return;
    // At once: whoever types quickly is already writing the next name.
    const typed = form.matches(".newcomer, .how-many") ? [...new FormData(form)] : [];
    if (typed.length) form.reset();
    try {
      await keep(tap);
    } catch {
      for (const [name, value] of typed) if (name !== "csrfmiddlewaretoken") form.elements[name].value = value;
      form.submit(); // a phone that keeps nothing sends the form itself
      return;
    }
    show(tap);
    await tell();
    send();
  });

  // --- pages kept for later, and no longer than a day
  const keepPages = async () => {
    if (!("serviceWorker" in navigator) || !window.caches) return;
    await navigator.serviceWorker.register(outbox.dataset.worker, { scope: new URL(".", new URL(outbox.dataset.worker, location)).pathname });
    const cache = await caches.open(PAGES);
    for (const asked of await cache.keys()) {
      const kept = await cache.match(asked);
      const since = Date.parse((kept && kept.headers.get("Date")) || "");
      if (!(Date.now() - since < DAY)) await cache.delete(asked);
    }
    if (!navigator.onLine) return;
    const pages = [location.href, ...[...document.querySelectorAll("a[data-keep]")].map((one) => one.href)];
    for (const address of new Set(pages)) {
      if (address !== location.href && (await cache.match(address))) continue;
      const answer = await fetch(address, { redirect: "manual", credentials: "same-origin" });
      if (answer.ok) await cache.put(address, answer);
    }
    document.documentElement.dataset.kept = "yes";
  };

  const begin = async () => {
    await forget();
    await forgetPagesOfOthers();
    for (const tap of await all()) (tap.what ? showAct : show)(tap);
    await tell();
    await send();
    await keepPages().catch(() => {}); // a browser that keeps nothing still taps
  };
  begin();
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(() => Number(outbox.dataset.count) && send(), 15000);
})();
