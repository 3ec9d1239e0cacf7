// Outings on a phone: they begin and end without a network, under a mark that their acts bear.
(() => {
  "use strict";
  const field = window.beffroiField;
  if (!field) return;
  const PAGES = "beffroi-pages";
  const ground = document.getElementById("ground");
  const leaving = document.getElementById("leaving");

  // --- which outing
  const isBegun = (tap) => tap.what === "sortir" && !tap.refused;
  const endOf = (taps, mark) => taps.find((tap) => tap.what === "rentrer" && !tap.refused && tap.outing === mark);
  const under = (taps) => taps.filter((tap) => isBegun(tap) && !endOf(taps, tap.mark));
  const sector = (begun) => `${leaving.dataset.sector}${begun.area}/`;

  // --- the page of an outing
  const showAct = (act) => {
    if (!ground || !act.what || act.outing !== ground.dataset.outing || act.refused) return;
    if (act.what === "rentrer") return showEnd(act);
    if (act.sent && act.sent < Number(ground.dataset.now)) return;
    for (const [name, more] of Object.entries(act.adds)) {
      ground.querySelectorAll(`[data-count="${name}"]`).forEach((one) => (one.textContent = Number(one.textContent) + more));
    }
  };
  const showEnd = (end) => {
    document.querySelectorAll("[data-ended]").forEach((one) => (one.hidden = false));
    document.querySelectorAll("[data-ended-at]").forEach((one) => (one.textContent = field.hour(end.at)));
    document.querySelectorAll(".closing").forEach((one) => (one.hidden = true));
  };
  // A page kept for an area becomes the page of the outing that began there on this phone.
  const becomeOuting = (taps) => {
    if (!ground || !ground.dataset.area) return;
    const here = taps.filter((tap) => isBegun(tap) && tap.area === ground.dataset.area);
    const begun = under(here.concat(taps.filter((tap) => tap.what === "rentrer"))).pop() || here.pop();
    if (!begun) return;
    ground.dataset.outing = begun.mark;
    document.querySelectorAll("[data-since]").forEach((one) => (one.textContent = field.hour(begun.at)));
    document.querySelectorAll("[data-begun]").forEach((one) => (one.hidden = false));
    document.querySelectorAll("[data-unbegun]").forEach((one) => (one.hidden = true));
    if (begun.address) goTo(begun.address).catch(() => {}); // out of reach: this page serves
  };
  // The page of the house, once it answers and nobody is writing on this one.
  const goTo = async (address) => {
    const answer = await fetch(address, { redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(8000) });
    const typed = [...document.querySelectorAll("#ground input, #note")].some((one) =>
      one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue,
    );
    if (!answer.ok || typed) return;
    await (await caches.open(PAGES)).put(new URL(address, location).href, answer);
    location.replace(address);
  };
  // The page where one leaves from shows what began and ended on this phone.
  const showOutings = (taps) => {
    if (!leaving) return;
    const list = leaving.querySelector("ul");
    list.querySelectorAll("[data-drawn]").forEach((one) => one.remove());
    for (const row of list.querySelectorAll("[data-mark]")) if (endOf(taps, row.dataset.mark)) row.remove();
    for (const begun of under(taps)) {
      if (list.querySelector(`[data-mark="${begun.mark}"]`)) continue;
      if (begun.sent && begun.sent < Number(leaving.dataset.now)) continue; // ended from elsewhere
      const row = leaving.querySelector("template").content.firstElementChild.cloneNode(true);
      row.querySelector("a").href = sector(begun);
      row.querySelector("b").textContent = begun.name;
      row.querySelector("[data-since]").textContent = field.hour(begun.at);
      list.append(row);
    }
    const last = taps.filter((tap) => tap.what === "rentrer" && !tap.refused).pop();
    const back = leaving.querySelector("[data-back]");
    back.hidden = !last || Boolean(list.children.length) || Date.now() - last.at > 3600 * 1000;
    if (last) back.querySelector("[data-ended-at]").textContent = field.hour(last.at);
    if (last) back.querySelector("[data-waits]").hidden = Boolean(last.sent);
    document.querySelectorAll("[data-start]").forEach((one) => (one.hidden = Boolean(list.children.length)));
  };
  field.begins.push((taps) => {
    becomeOuting(taps);
    showOutings(taps);
  });
  field.shows.push(showAct);

  // --- what is written in a form
  const fieldsOf = (given) => {
    const fields = {};
    for (const [name, value] of given) if (name !== "csrfmiddlewaretoken") (fields[name] ||= []).push(String(value));
    return fields;
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
    const people = numberIn(given, "people") || numberIn(given, "other");
    const adds = { contact: { contacts: 1, people }, constat: { faults: 1 }, materiel: {} }[what];
    for (const [name, value] of given) {
      const kit = name.match(/^(given|back)_/);
      if (kit) adds[kit[1]] = (adds[kit[1]] || 0) + Number(value || 0);
    }
    if (what === "materiel" && !Object.values(adds).some(Boolean)) return null;
    return { mark: field.newMark(), what, outing: ground.dataset.outing, at: Date.now(), fields: fieldsOf(given), adds };
  };
  // Where and what stay for the next one; who and how many do not.
  const clearAct = (form) => {
    const stays = form.dataset.act === "contact" ? ["spot", "place", "kind"] : [];
    for (const one of form.elements) {
      if (!one.name || one.type === "hidden" || stays.includes(one.name)) continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = false;
      else if (one.tagName === "SELECT") one.selectedIndex = 0;
      else if (one.tagName === "INPUT") one.value = "";
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.act === "contact") form.elements.other.setCustomValidity("");
    if (form && form.dataset.act === "sortir") form.elements.area[0]?.setCustomValidity("");
  });

  // A phone that keeps nothing sends the form itself, when there is somewhere to send it.
  const plainly = (form, button) => {
    form.dataset.plain = "yes";
    form.requestSubmit(button);
  };
  const takeAct = async (form, button) => {
    const act = readAct(form, button);
    if (!act) return;
    // At once: whoever counts quickly is already writing the next ones.
    const typed = [...form.elements].map((one) => [one, one.value, one.checked]);
    clearAct(form);
    try {
      await field.keep(act);
    } catch {
      for (const [one, value, checked] of typed) Object.assign(one, { value, checked });
      plainly(form, button);
      return;
    }
    showAct(act);
    await field.tell();
    ground.querySelector("[data-done]").textContent = ground.dataset.counted;
    field.send();
  };
  const setOut = async (form, button) => {
    const given = new FormData(form);
    const chosen = form.querySelector("[name=area]:checked");
    if (!chosen) {
      const first = form.querySelector("[name=area]");
      first.setCustomValidity(leaving.dataset.where);
      form.reportValidity();
      return;
    }
    const name = chosen.labels[0].textContent.trim();
    const tap = { mark: field.newMark(), what: "sortir", area: chosen.value, name, at: Date.now(), fields: fieldsOf(given) };
    try {
      await field.keep(tap);
    } catch {
      plainly(form, button);
      return;
    }
    await field.soon();
    await field.tell();
    const kept = await field.found(tap.mark);
    if (kept.refused) document.getElementById("refused").scrollIntoView();
    else location.assign(kept.address || sector(tap));
  };
  const comeBack = async (form, button) => {
    const fields = fieldsOf(new FormData(form));
    const end = { mark: field.newMark(), what: "rentrer", outing: ground.dataset.outing, at: Date.now(), fields };
    try {
      await field.keep(end);
    } catch {
      plainly(form, button);
      return;
    }
    await field.soon();
    await field.tell();
    const kept = await field.found(end.mark);
    if (kept.refused) document.getElementById("refused").scrollIntoView();
    else location.assign(form.dataset.after);
  };
  const takes = { sortir: setOut, rentrer: comeBack };
  field.touches.push([
    (form) => (ground || leaving) && form.matches("[data-act]"),
    (form, button) => (takes[form.dataset.act] || takeAct)(form, button),
  ]);
})();
