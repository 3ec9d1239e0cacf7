// A night or a day of a house on a phone: each touch is drawn at once, kept, and sent once.
// The bed is the one the page shows; when somebody else was given it meanwhile, the house says so.
(() => {
  "use strict";
  const field = window.beffroiField;
  let house = document.getElementById("house");
  if (!field || !house) return;
  const PAGES = "beffroi-pages";
  const QUIET = 1500;
  const FREE_WORDS = { handover: ["text"], incident: ["told", "done"], refuse: ["referred_to"] };

  // --- what is drawn
  const one = (name) => house.querySelector(name);
  const inside = () => one("[data-inside]");
  const rowOf = (tap) =>
    [...house.querySelectorAll("li")].find((row) =>
      tap.guest ? row.dataset.guest === tap.guest : tap.stay && row.dataset.stay === tap.stay,
    );
  const add = (name, more) =>
    house.querySelectorAll(`[data-n="${name}"]`).forEach((at) => (at.textContent = Math.max(0, Number(at.textContent) + more)));
  const recount = () => {
    const left = one("[data-left]");
    if (!left) return;
    const free = house.querySelectorAll("[data-beds] li").length;
    const words = free === 1 ? house.dataset.one : house.dataset.many;
    left.textContent = free ? `${free} ${words}` : house.dataset.none;
    left.classList.toggle("none", !free);
  };
  const drawRow = (key, tap, known, where) => {
    const row = one(`template[data-row="${key}"]`).content.firstElementChild.cloneNode(true);
    const alias = (known && known.dataset.alias) || tap.name || "";
    if (tap.guest) row.dataset.guest = tap.guest;
    row.dataset.stay = (known && known.dataset.stay) || tap.stay || tap.mark;
    row.dataset.alias = alias;
    if (known && known.dataset.code) row.dataset.code = known.dataset.code;
    else if (tap.bed) row.dataset.code = tap.bed.name;
    row.querySelector("b").textContent = alias || house.dataset.unnamed;
    row.querySelector("[data-who]").textContent = ` ${alias}`;
    const bed = row.dataset.code ? `${house.dataset.bed} ${row.dataset.code} · ` : "";
    row.querySelector("[data-where]").textContent = `${bed}${field.hour(tap.at)}`;
    (where || inside()).append(row);
    const nobody = one("[data-nobody]");
    if (nobody) nobody.hidden = true;
  };
  const comeIn = (tap) => {
    const known = rowOf(tap);
    const awaited = known && known.closest("#attendus");
    if (known && known.closest("[data-inside]")) return;
    drawRow("leave", tap, awaited ? known : null);
    if (known) known.remove();
    if (tap.bed) house.querySelectorAll(`[data-beds] [data-bed="${tap.bed.pk}"]`).forEach((bed) => bed.remove());
    if (awaited) add("awaited", -1);
    add("slept", 1);
  };
  const swap = (key) => (tap) => {
    const known = rowOf(tap);
    if (known) drawRow(key, tap, known);
    if (known) known.remove();
  };
  const visited = (tap) => {
    const known = rowOf(tap);
    if (known && known.closest("[data-inside]")) return;
    drawRow("unvisit", tap, null);
    if (known) known.hidden = true; // it comes back when the touch was a mistake
    add("named", 1);
    add("came", 1);
  };
  const unvisited = (tap) => {
    const rows = [...house.querySelectorAll("li")].filter((row) => row.dataset.guest === tap.guest);
    for (const row of rows) row.closest("[data-inside]") ? row.remove() : (row.hidden = false);
    add("named", -1);
    add("came", -1);
  };
  const counted = (tap) => {
    add("unnamed", tap.number);
    add("came", tap.number);
  };
  const DRAWS = {
    come: comeIn, arrive: comeIn, leave: swap("come_back"), come_back: swap("leave"),
    visit: visited, unvisit: unvisited, count: counted,
    serve: (tap) => add(tap.kind, tap.number),
    refuse: (tap) => {
      add(tap.kind, 1);
      add("refused", 1);
    },
  };
  const draw = (tap) => {
    if (String(tap.house) !== house.dataset.house || tap.day !== house.dataset.day || tap.refused) return;
    if (tap.sent && tap.sent < Number(house.dataset.now)) return; // the page knows it already
    if (!inside()) return; // closed meanwhile: the house will say what becomes of it
    if (DRAWS[tap.what]) DRAWS[tap.what](tap);
    recount();
    for (const step of house.querySelectorAll(".counter-row")) {
      const less = step.querySelector("button");
      less.disabled = !Number(step.querySelector("output").textContent);
    }
  };
  field.shows.push(draw);

  // --- what is said
  const say = (words) => (document.querySelector("[data-told]").textContent = words);
  const tellNetwork = (isThere) =>
    document.querySelectorAll("[data-offline]").forEach((note) => (note.hidden = isThere));
  window.addEventListener("offline", () => tellNetwork(false));
  window.addEventListener("online", () => tellNetwork(true));
  field.begins.push(() => tellNetwork(navigator.onLine));

  // --- the page again, once the house has answered and nobody is writing
  let touched = 0;
  const isWriting = () =>
    [...house.querySelectorAll("textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")].some(
      (typed) => typed.value !== typed.defaultValue,
    ) || Boolean(house.querySelector("details[open]"));
  const mine = (taps) => taps.filter((tap) => String(tap.house) === house.dataset.house);
  const refresh = async () => {
    const before = touched;
    await new Promise((done) => setTimeout(done, QUIET));
    if (before !== touched || isWriting() || field.waiting(mine(await field.all())).length) return;
    const answer = await fetch(location.href, { redirect: "manual", credentials: "same-origin" });
    if (!answer.ok) return;
    const copy = answer.clone();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("house");
    if (!fresh || before !== touched || isWriting()) return;
    const held = document.activeElement && document.activeElement.closest("#house li");
    house.replaceWith(fresh);
    house = fresh;
    tellNetwork(true);
    for (const tap of await field.all()) draw(tap);
    const again = held && rowOf(held.dataset);
    if (again && again.querySelector("button")) again.querySelector("button").focus();
    await (await caches.open(PAGES)).put(location.href, copy);
  };
  const sendThenRefresh = () => field.send().then(refresh).catch(() => tellNetwork(false));

  // --- touching
  const fitting = (sex) => {
    const beds = [...house.querySelectorAll("[data-beds] li")];
    const fits = beds.filter((bed) => !bed.dataset.sex || bed.dataset.sex === sex || !sex || sex === "x");
    // Her own dormitory first; nobody whose sex is not said goes among women, or men, while another is free.
    return fits.find((bed) => bed.dataset.sex && bed.dataset.sex === sex) || fits.find((bed) => !bed.dataset.sex) || fits[0];
  };
  const bedFor = (row) => {
    if (row && row.dataset.code) return { pk: row.dataset.bed, name: row.dataset.code };
    const bed = fitting((row && row.dataset.sex) || "");
    return bed && { pk: bed.dataset.bed, name: bed.dataset.code };
  };
  const read = (form, button) => {
    const what = form.dataset.night;
    const given = new FormData(form, button);
    const row = form.closest("li");
    const fields = {};
    for (const name of ["count", "delta", "service", "reason", "severity", ...(FREE_WORDS[what] || [])]) {
      if (given.has(name)) fields[name] = [String(given.get(name))];
    }
    const tap = { mark: field.newMark(), what, house: Number(house.dataset.house), day: house.dataset.day, at: Date.now(), fields };
    tap.number = Number(given.get("count") || given.get("delta") || 0);
    tap.kind = given.get("service") || given.get("reason") || "";
    if (row && row.dataset.guest) tap.guest = row.dataset.guest;
    if (row && row.dataset.stay) tap.stay = row.dataset.stay;
    if (row) tap.name = row.dataset.alias || "";
    if (what === "come") tap.bed = bedFor(row);
    return tap;
  };
  const isEmpty = (tap) => ["text", "told"].some((name) => tap.fields[name] && !tap.fields[name][0].trim());

  const withNetwork = async (form, button) => {
    try {
      await field.token();
    } catch {
      if (!field.isSignedOut()) {
        tellNetwork(false);
        say(house.dataset.needs);
        return;
      }
    }
    form.dataset.plain = "yes";
    form.requestSubmit(button);
  };
  const touch = async (form, button) => {
    if (Date.now() >= Number(house.dataset.until)) {
      say(house.dataset.old);
      return;
    }
    const tap = read(form, button);
    if (tap.what === "come" && !tap.bed) {
      await withNetwork(form, button); // the page shows no bed: the house may have one
      if (!form.dataset.plain) say(house.dataset.full);
      return;
    }
    if (isEmpty(tap)) {
      form.querySelector("textarea").focus();
      return;
    }
    touched += 1;
    draw(tap); // at once: whoever is at the door is not kept waiting
    try {
      await field.keep(tap);
    } catch {
      form.dataset.plain = "yes"; // a phone that keeps nothing sends the form itself
      form.requestSubmit(button);
      return;
    }
    if (FREE_WORDS[tap.what]) form.reset();
    if (form.closest("details")) form.closest("details").open = false;
    const bed = tap.bed ? `, ${house.dataset.bed} ${tap.bed.name}` : "";
    say(tap.what === "come" ? `${tap.name || house.dataset.unnamed}${bed}.` : house.dataset.counted);
    await field.tell();
    sendThenRefresh();
  };
  field.touches.push([(form) => form.matches("#house [data-night]"), touch]);
  field.touches.push([(form) => form.matches("#house [data-network]"), withNetwork]);
})();
