// Keeps the phones' pages and what draws them, so that they open without a network.
// Pages come from the network when it answers; what was kept is given only when it does not.
"use strict";
const ASSETS = {{ assets|safe }};
const DRAWN = "beffroi-drawn";
const PAGES = "beffroi-pages";
const PATIENCE = 5000;
const DAY = 24 * 3600 * 1000;
const SYNC = "{% url 'field:sync' %}";

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(DRAWN);
    await cache.addAll(ASSETS);
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const cache = await caches.open(DRAWN);
    const mine = new Set(ASSETS.map((one) => new URL(one, self.location).href));
    for (const kept of await cache.keys()) if (!mine.has(kept.url)) await cache.delete(kept);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

// A page sent elsewhere may mean that nobody is signed in any more: then nothing stays to be read.
const isSignedOut = async () => (await fetch(SYNC, { redirect: "manual", cache: "no-store" })).type === "opaqueredirect";
const isYoung = (kept) => Date.now() - Date.parse(kept.headers.get("Date") || "") < DAY;

const page = async (request) => {
  const cache = await caches.open(PAGES);
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer.ok && !answer.redirected) await cache.put(request.url, answer.clone());
    if (answer.type === "opaqueredirect" && (await isSignedOut())) await caches.delete(PAGES);
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept && isYoung(kept)) return kept;
    throw error;
  }
};

const drawn = async (request) => (await caches.match(request, { cacheName: DRAWN })) || fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (ASSETS.includes(new URL(request.url).pathname)) event.respondWith(drawn(request));
});
