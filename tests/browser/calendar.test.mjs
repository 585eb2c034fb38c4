// The calendar in a browser: from a ticket, the week, drag and drop, one occurrence of a series, a feed; keyboard, phone, no JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.GUICHET_SCREENSHOTS; // a folder, to look at the pages

let desk, browser, key;
before(async () => {
  desk = await startDesk({ tickets: 30 });
  key = desk.guichet("apikey", "add", "--user", "admin").trim();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function loggedIn(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !/status of (409|422)/.test(t)), []);
  };
  return { context, page, done };
}

async function api(method, path, body) {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.status === 204 ? null : answer.json();
}
const event = (title, starts_at, ends_at, more = {}) => api("POST", "/calendar/events", { title, starts_at, ends_at, zone: "Europe/Paris", ...more });

async function nothingWrong(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join(" | ")}`), [], name);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than the window`);
}

test("S2-23: one click on a ticket makes an event of it, with and without JavaScript", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, done } = await loggedIn({ javaScriptEnabled });
    const ticket = await api("POST", "/tickets", { subject: `Écran noir ${javaScriptEnabled}` });
    await page.goto(`${desk.url}/tickets/${ticket.id}`);
    await page.locator(".page-actions").getByRole("button", { name: "Ajouter un événement" }).click();
    await page.waitForURL(/\/calendar\/\d+\/edit$/);
    assert.equal(await page.inputValue("#f-title"), ticket.subject);
    assert.equal(await page.inputValue("#f-ticket"), ticket.ref);
    await page.fill("#f-starts", "2027-03-01T09:00");
    await page.fill("#f-ends", "2027-03-01T08:00");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.locator("#e-ends").getByText("L’événement se termine avant de commencer.").waitFor();
    await page.fill("#f-ends", "2027-03-01T10:00");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.waitForURL(/\/calendar\/\d+$/);
    await page.getByText("lundi 1er mars 2027, 09:00–10:00").waitFor();
    await page.goto(`${desk.url}/tickets/${ticket.id}`);
    await page.locator(".page-side").getByText("lundi 1er mars 2027, 09:00–10:00").waitFor();
    await done();
  }
});

test("an event is dragged to another day and hour; whoever is too late loses nothing", async () => {
  const made = await event("À déplacer", "2027-04-05T09:30:00+02:00", "2027-04-05T10:30:00+02:00");
  const { page, done } = await loggedIn();
  await page.goto(`${desk.url}/calendar?view=week&date=2027-04-05`);
  const item = page.locator(".cal-wide .cal-item", { hasText: "À déplacer" });
  await item.dragTo(page.locator('td[data-day="2027-04-07"][data-hour="14"]'));
  await page.locator('td[data-day="2027-04-07"][data-hour="14"] .cal-item', { hasText: "À déplacer" }).waitFor();
  assert.equal((await api("GET", `/calendar/events/${made.id}`)).starts_at, "2027-04-07T12:30:00Z");
  await page.goto(`${desk.url}/calendar?view=month&date=2027-04-05`);
  await page.locator(".cal-wide .cal-item", { hasText: "À déplacer" }).dragTo(page.locator('td[data-day="2027-04-20"]'));
  await page.locator('td[data-day="2027-04-20"] .cal-item', { hasText: "À déplacer" }).waitFor();
  await api("PATCH", `/calendar/events/${made.id}`, { place: "Ailleurs" });
  await page.locator(".cal-wide .cal-item", { hasText: "À déplacer" }).dragTo(page.locator('td[data-day="2027-04-22"]'));
  await page.getByText("Quelqu’un d’autre a modifié cet événement entre-temps.").waitFor();
  assert.equal((await api("GET", `/calendar/events/${made.id}`)).starts_at, "2027-04-20T12:30:00Z");
  await page.fill("#f-starts", "2027-04-23T08:00");
  await page.getByRole("button", { name: "Déplacer" }).click();
  await page.waitForURL(/\/calendar\?view=month/);
  await page.locator('td[data-day="2027-04-23"] .cal-item', { hasText: "À déplacer" }).waitFor();
  await done();
});

test("one Monday of a series is moved, another one deleted, the others stay", async () => {
  const made = await event("Point hebdo", "2027-05-03T09:00:00+02:00", "2027-05-03T09:30:00+02:00", { rule: "FREQ=WEEKLY;BYDAY=MO;COUNT=4" });
  const { page, done } = await loggedIn({ javaScriptEnabled: false });
  await page.goto(`${desk.url}/calendar/${made.id}?at=20270510T070000Z`);
  await page.getByText("Chaque semaine, le lundi, 4 fois").waitFor();
  await page.getByRole("link", { name: "Déplacer" }).click();
  await page.fill("#f-starts", "2027-05-11T14:00");
  await page.selectOption("#f-scope", "one");
  await page.getByRole("button", { name: "Déplacer" }).click();
  await page.getByText("mardi 11 mai 2027, 14:00–14:30").waitFor();
  await page.goto(`${desk.url}/calendar/${made.id}?at=20270517T070000Z`);
  await page.getByRole("link", { name: "Supprimer" }).click();
  await page.selectOption("#f-scope", "one");
  await page.getByRole("button", { name: "Supprimer" }).click();
  await page.goto(`${desk.url}/calendar?view=month&date=2027-05-01`);
  const days = await page.locator("td[data-day]", { has: page.locator(".cal-item", { hasText: "Point hebdo" }) }).evaluateAll((cells) => cells.map((c) => c.dataset.day));
  assert.deepEqual(days, ["2027-05-03", "2027-05-11", "2027-05-24"]);
  await done();
});

test("a feed is made, read without a login, and revoked", async () => {
  const { page, done } = await loggedIn();
  const title = "Dans le flux";
  const start = new Date(Date.now() + 86_400_000).toISOString().slice(0, 13);
  await event(title, `${start}:00:00Z`, `${start}:30:00Z`);
  await page.goto(`${desk.url}/calendar`);
  await page.locator(".page-actions summary").click();
  await page.getByRole("link", { name: "Flux d’agenda" }).click();
  await page.getByRole("button", { name: "Créer un flux" }).click();
  const path = new URL(await page.inputValue("#f-address")).pathname;
  await nothingWrong(page, "feeds");
  const read = await fetch(desk.url + path);
  assert.equal(read.status, 200);
  assert.match(read.headers.get("content-type"), /^text\/calendar/);
  assert.match(await read.text(), new RegExp(title));
  await page.getByRole("button", { name: "Révoquer" }).first().click();
  await page.getByRole("button", { name: "Révoquer" }).last().click();
  await page.getByText("Il n’y a pas encore de flux.").waitFor();
  assert.equal((await fetch(desk.url + path)).status, 404);
  await done();
});

test("the keyboard reaches every event; axe finds nothing in any view, theme or width", async () => {
  const { page, done } = await loggedIn();
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    for (const view of ["month", "week", "day", "agenda"]) {
      await page.goto(`${desk.url}/calendar?view=${view}`);
      await nothingWrong(page, `${view}-${theme}`);
    }
  }
  await page.goto(`${desk.url}/calendar?view=week`);
  assert.ok((await page.locator(".cal-wide .cal-item").count()) > 5, "the demo fills the week");
  await page.locator(".cal-wide .cal-item").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/calendar\/\d+/);
  const made = await event("Formation", "2027-06-07T09:00:00+02:00", "2027-06-07T12:00:00+02:00", {
    rule: "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6",
    description: "**Apporter** son ordinateur.",
    attendees: [{ email: "claire@example.org", name: "Claire Petit" }],
  });
  await page.goto(`${desk.url}/calendar/${made.id}`);
  await nothingWrong(page, "event");
  await page.locator("summary", { hasText: "Modifier" }).click();
  await page.getByRole("link", { name: "Tous les événements de la série" }).click();
  await page.locator("details.fold").evaluateAll((folds) => folds.forEach((fold) => (fold.open = true)));
  await nothingWrong(page, "form");
  await page.goto(`${desk.url}/calendar/imports`);
  await nothingWrong(page, "import");
  await done();
});

test("a phone has the agenda instead of the table", async () => {
  const { page, done } = await loggedIn({ viewport: { width: 390, height: 844 } });
  for (const view of ["month", "week", "agenda"]) {
    await page.goto(`${desk.url}/calendar?view=${view}`);
    assert.equal(await page.locator(".cal-wide:visible").count(), 0);
    assert.ok(await page.locator(".cal-agenda-day:visible").count());
    await nothingWrong(page, `phone-${view}`);
  }
  await page.goto(`${desk.url}/calendar/new`);
  await nothingWrong(page, "phone-form");
  await done();
});

test("in English the days have their English names", async () => {
  const { context, page, done } = await loggedIn();
  await context.addCookies([{ name: "lang", value: "en", url: desk.url }]);
  await page.goto(`${desk.url}/calendar?view=week&date=2026-11-23&lang=en`);
  await nothingWrong(page, "week-english");
  await done();
});
