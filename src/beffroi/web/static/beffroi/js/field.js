// Taps on a phone: each is written on the phone first, under a mark of its own, then sent when the
// network answers. Sent twice, it counts once. Without this script every tap is a plain form.
// A phone may be shared: what somebody tapped is sent under her sign-in, and shown to her alone.
(() => {
  "use strict";
  const outbox = document.getElementById("outbox");
  if (!outbox || !window.indexedDB) return;
  const PAGES = "beffroi-pages";
  const DAY = 24 * 3600 * 1000;
  const UNREAD = 7 * DAY; // a refusal nobody read goes in the end
  const PATIENCE = 4000;
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
  const everything = () => within("readonly", (taps) => taps.getAll());
  const waiting = (taps) => taps.filter((tap) => !tap.sent && !tap.refused);
  // Its order among those that wait is the order of the touches, even when the clock goes back.
  const keep = async (tap) => {
    const last = Math.max(...waiting(await everything()).map((one) => one.at));
    return within("readwrite", (taps) => taps.put({ ...tap, at: Math.max(tap.at, last + 1), who: WHO }));
  };
  const all = async () => (await everything()).filter(isMine).sort((a, b) => a.at - b.at);
  const found = (mark) => within("readonly", (taps) => taps.get(mark));
  const drop = (gone) => within("readwrite", (taps) => gone.forEach((tap) => taps.delete(tap.mark)));
  // What was sent stays a day: a page kept from before must still show it when there is no network.
  const settle = (told) =>
    within("readwrite", (taps) => {
      for (const [mark, became] of Object.entries(told.taps)) {
        const isRefused = became === "refused";
        const fate = isRefused ? { refused: Date.now(), words: (told.words || {})[mark] } : { sent: told.now };
        if (told.where && told.where[mark]) fate.address = told.where[mark];
        const asked = taps.get(mark);
        asked.onsuccess = () => {
          if (!asked.result) return;
          const kept = { ...asked.result, ...fate };
          if (kept.sent) delete kept.fields; // what was said outside leaves the phone; its number stays
          taps.put(kept);
        };
      }
    });
  const forget = async () => {
    const isOld = (tap) =>
      tap.refused ? Date.now() - tap.refused > UNREAD : tap.sent && (!isMine(tap) || Date.now() - tap.at > DAY);
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
  // --- what the house refused: said, and kept until it was read
  const unread = document.getElementById("refused");
  // The hour of the house, as its pages write it, whatever the phone is set to.
  const hour = (at) =>
    new Date(at).toLocaleTimeString("fr-BE", { hour: "2-digit", minute: "2-digit", timeZone: outbox.dataset.zone });
  const TYPED = ["place", "note", "text", "told", "done", "referred_to"];
  const said = (tap) => {
    const typed = TYPED.flatMap((name) => (tap.fields && tap.fields[name]) || []).filter(Boolean);
    const people = tap.adds && tap.adds.people ? [`${tap.adds.people} ${unread.dataset.people}`] : [];
    return [tap.name, tap.bed && tap.bed.name, ...people, ...typed].filter(Boolean).join(", ");
  };
  const tellRefused = (taps) => {
    if (!unread) return;
    const list = unread.querySelector("ul");
    list.replaceChildren();
    for (const tap of taps) {
      const row = unread.querySelector("template").content.firstElementChild.cloneNode(true);
      const title = unread.dataset[tap.what || "tap"] || unread.dataset.tap;
      row.querySelector("[data-title]").textContent = `${title}, ${hour(tap.at)}`;
      row.querySelector("[data-said]").textContent = said(tap);
      row.querySelector("[data-words]").textContent = tap.words || unread.dataset.unsaid;
      row.querySelector("button").addEventListener("click", async () => {
        await drop([tap]);
        await tell();
      });
      list.append(row);
    }
    unread.hidden = !taps.length;
  };
  let signedOut = false;
  const tell = async () => {
    const taps = await all();
    tellRefused(taps.filter((tap) => tap.refused));
    const refused = taps.filter((tap) => tap.refused).length;
    const waits = waiting(taps).length;
    const others = waiting(await everything()).filter((tap) => !isMine(tap)).length;
    const said = [];
    if (others) said.push(`${others} ${outbox.dataset.others}`);
    if (waits) said.push(`${waits} ${outbox.dataset.waits}`);
    if (waits && signedOut) said.push(outbox.dataset.signedOut);
    if (refused) said.push(`${refused} ${refused === 1 ? outbox.dataset.refusedOne : outbox.dataset.refused}`);
    outbox.textContent = said.join(", ");
    outbox.dataset.count = String(waits);
    return waits;
  };

  // --- sending
  const post = async (taps, token, address) => {
    const answer = await fetch(address, {
      method: "POST", redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(30000),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ now: Date.now(), taps }),
    });
    if (!answer.ok) throw new Error(`sync ${answer.status}`);
    await settle(await answer.json());
  };
  const token = async () => {
    const answer = await fetch(outbox.dataset.sync, {
      redirect: "manual", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15000),
    });
    signedOut = answer.type === "opaqueredirect";
    if (!answer.ok) throw new Error("no token");
    const told = await answer.json();
    signedOut = told.who !== WHO; // another signed in meanwhile: what waits is not hers to send
    if (signedOut) throw new Error("not mine");
    return told.token;
  };
  const addressOf = (tap) => outbox.dataset[tap.house ? "abri" : tap.what ? "terrain" : "sync"];
  const sendAll = async () => {
    const taps = waiting(await all());
    if (!taps.length) return;
    const seal = await token();
    let failed = null;
    for (const address of new Set(taps.map(addressOf))) {
      let left = taps.filter((tap) => addressOf(tap) === address);
      try {
        while (left.length) {
          await post(left.slice(0, BATCH), seal, address);
          left = left.slice(BATCH);
        }
      } catch (error) {
        failed = error; // one room that does not answer keeps no other waiting
      }
    }
    if (failed) throw failed;
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
        if (!again) return null;
        again = false;
        return send();
      });
    return sending;
  };
  // Sends, and waits a little for the answer: without a network nobody waits.
  const soon = () => Promise.race([send(), new Promise((done) => setTimeout(done, PATIENCE))]);

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
      await drop((await all()).filter((tap) => !tap.refused));
      form.submit();
      return;
    }
    for (const [matches, touch] of touches) {
      if (!matches(form)) continue;
      if (form.dataset.plain) return;
      event.preventDefault();
      await touch(form, event.submitter);
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
    for (const one of document.querySelectorAll("[data-pages]")) pages.push(...one.dataset.pages.split(" ").filter(Boolean));
    for (const page of pages) {
      const address = new URL(page, location).href;
      if (address !== location.href && (await cache.match(address))) continue;
      const answer = await fetch(address, { redirect: "manual", credentials: "same-origin" });
      if (answer.ok) await cache.put(address, answer);
    }
    document.documentElement.dataset.kept = "yes";
  };

  // What the pages of outings and of houses add: how they show a tap, and take a touch.
  const shows = [];
  const touches = [];
  const begins = [];
  window.beffroiField = {
    begins, shows, touches, token, all, found, hour, keep, newMark, send, soon, tell, waiting,
    isSignedOut: () => signedOut,
  };
  const begin = async () => {
    await forget();
    await forgetPagesOfOthers();
    for (const prepare of begins) await prepare(await all());
    for (const tap of await all()) {
      if (!tap.what) show(tap);
      for (const one of shows) one(tap);
    }
    await tell();
    await send();
    await keepPages().catch(() => {}); // a browser that keeps nothing still taps
  };
  document.addEventListener("DOMContentLoaded", begin);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(() => Number(outbox.dataset.count) && send(), 15000);
})();
