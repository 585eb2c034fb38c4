// Time spent in a browser: the stopwatch on a ticket, its correction, the list, the report and its file, packs of hours.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let desk, browser, key;
before(async () => {
  desk = await startDesk({ tickets: 60 });
  key = desk.guichet("apikey", "add", "--user", "admin").trim();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function loggedIn(login, options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk, login);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("status of 422")), []);
  };
  return { page, done };
}

async function api(method, path, body) {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path} ${answer.status}`);
  return answer.json();
}

const clock = (page) => page.locator(".page-actions [data-elapsed]");

test("S1-17: started on a ticket, it survives a reload and another browser; stopped, corrected, recorded, reported", async () => {
  const ticket = await api("POST", "/tickets", { subject: "Serveur à chronométrer" });
  const { page, done } = await loggedIn("admin");
  await page.goto(`${desk.url}/tickets/${ticket.id}`);
  await page.getByRole("button", { name: "Lancer le chronomètre" }).click();
  await clock(page).waitFor();
  const first = await clock(page).textContent();
  await page.waitForFunction((text) => document.querySelector("[data-elapsed]").textContent !== text, first);
  await page.reload();
  await clock(page).waitFor();
  await page.locator(".sidebar .top-link", { hasText: "Chronomètre" }).getByText("1").waitFor();

  const other = await loggedIn("admin");
  await other.page.goto(`${desk.url}/tickets`);
  await other.page.locator(".sidebar .top-link", { hasText: "Chronomètre" }).click();
  await other.page.getByRole("link", { name: "Serveur à chronométrer" }).click();
  await other.page.locator("[data-elapsed]").waitFor();
  await other.done();

  await page.getByRole("button", { name: "Arrêter" }).click();
  await page.waitForURL(/\/time\/stopwatches\/\d+$/);
  // an hour before: nothing of it is in the future
  const begun = await page.inputValue("#f-from");
  assert.match(begun, /^\d\d:\d\d(:\d\d)?$/);
  await page.fill("#f-day", "2025-06-02");
  await page.fill("#f-from", "09:00");
  if (await page.locator("#f-until_day").count()) await page.fill("#f-until_day", "");
  await page.fill("#f-duration", "1 h 30");
  await page.press("#f-duration", "Tab");
  assert.match(await page.inputValue("#f-to"), /^10:30/);
  assert.equal(await page.inputValue("#f-duration"), "");
  await page.selectOption("#f-activity", "SUPPORT");
  await page.fill("#f-note", "Disque remplacé");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForURL(new RegExp(`/tickets/${ticket.id}\\?`));
  await page.getByText("Disque remplacé").waitFor();
  assert.match(await page.locator("#h-time").innerText(), /1\u00a0h\u00a030/);

  await page.goto(`${desk.url}/time?user=all&ticket_id=${ticket.id}`);
  await page.getByRole("link", { name: "Rapport" }).click();
  await page.getByRole("link", { name: "Activité", exact: true }).click();
  await page.fill("[name=from]", "2025-01-01");
  await page.getByRole("button", { name: "Filtrer" }).click();
  await page.locator("canvas").waitFor();
  assert.match(await page.locator("tbody").first().innerText(), /Assistance\s+1\s+1\u00a0h\u00a030\s+1\u00a0h\u00a030/);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Exporter" }).click()]);
  assert.equal(file.suggestedFilename(), "time-by-activity.csv");
  assert.match(readFileSync(await file.path(), "utf8"), /Assistance;1;"1,5";"1,5";1\u00a0h\u00a030/);
  await page.getByRole("link", { name: "Assistance" }).click();
  await page.waitForURL(/\/time\?/);
  await page.getByText("Disque remplacé").waitFor();
  await done();
});

test("a stopwatch started twice in two tabs is one; discarding asks first", async () => {
  const ticket = await api("POST", "/tickets", { subject: "Deux onglets" });
  const { page, done } = await loggedIn("admin");
  await page.goto(`${desk.url}/tickets/${ticket.id}`);
  const second = await page.context().newPage();
  await second.goto(`${desk.url}/tickets/${ticket.id}`);
  await page.getByRole("button", { name: "Lancer le chronomètre" }).click();
  await clock(page).waitFor();
  await second.getByRole("button", { name: "Lancer le chronomètre" }).click();
  await second.getByText("Un de vos chronomètres tourne déjà").waitFor();
  await second.getByRole("button", { name: "Abandonner" }).click();
  await second.locator("#confirm").getByRole("button", { name: "Annuler" }).click();
  await second.reload();
  await second.getByRole("button", { name: "Abandonner" }).click();
  await second.locator("#confirm").getByRole("button", { name: "Abandonner" }).click();
  await second.waitForURL(new RegExp(`/tickets/${ticket.id}$`));
  await page.getByRole("button", { name: "Arrêter" }).click();
  await page.getByText("déjà été enregistré ou abandonné").waitFor();
  await done();
});

test("S3-18: time is entered, corrected and deleted, without JavaScript as well", async () => {
  const ticket = await api("POST", "/tickets", { subject: "Saisie à la main" });
  for (const javaScriptEnabled of [true, false]) {
    const { page, done } = await loggedIn("admin", { javaScriptEnabled });
    await page.goto(`${desk.url}/tickets/${ticket.id}?tab=timesheet.ticket`);
    await page.getByRole("link", { name: "Ajouter du temps" }).click();
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.locator("#e-duration").waitFor();
    await page.fill("#f-day", "2025-06-03");
    await page.fill("#f-duration", "45 min");
    await page.fill("#f-note", "Rappel du client");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.waitForURL(new RegExp(`/tickets/${ticket.id}\\?`));
    await page.locator(".list-row", { hasText: "Rappel du client" }).getByRole("link", { name: "45\u00a0min" }).click();
    await page.waitForURL(/\/time\/entries\/\d+$/);
    await page.fill("#f-duration", "1 h");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.waitForURL(/done=saved$/);
    assert.match(await page.locator(".page-side").innerText(), /1\u00a0h/);
    await page.getByRole("button", { name: "Supprimer" }).click();
    await page.getByRole("button", { name: "Supprimer" }).last().click();
    await page.waitForURL(/\/time\?done=deleted$/);
    await done();
  }
});

test("a contract has a pack of hours, and says what is left of it", async () => {
  const account = await api("POST", "/accounts", { name: "Forfait et fils" });
  const contract = await api("POST", "/contracts", { account_id: account.id, label: "Assistance", status: "running", starts_on: "2020-01-01" });
  const { page, done } = await loggedIn("admin");
  await page.goto(`${desk.url}/contracts/${contract.id}`);
  await page.getByRole("link", { name: "Ajouter un forfait" }).click();
  await page.fill("#f-hours", "2");
  await page.fill("#f-starts_on", "2025-01-01");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForURL(new RegExp(`/contracts/${contract.id}$`));
  const ticket = await api("POST", "/tickets", { subject: "Sous forfait", account_id: account.id, contract_id: contract.id });
  await api("POST", "/time-entries", { ticket_id: ticket.id, day: "2025-06-02", seconds: 9000, activity: "ON_SITE", note: "Remplacement du routeur" });
  await page.reload();
  await page.getByText("Le forfait d’heures est épuisé").waitFor();
  await page.locator(".list-row", { hasText: "Remplacement" }).getByText("Au-delà du forfait").waitFor();
  await done();
});

test("axe finds nothing, and nothing is wider than the screen: desktop and phone, light and dark, French and English", async () => {
  const account = await api("POST", "/accounts", { name: "Forfait et filles" });
  const contract = await api("POST", "/contracts", { account_id: account.id, label: "Assistance", status: "running", starts_on: "2020-01-01" });
  const ticket = await api("POST", "/tickets", { subject: "Sous forfait", account_id: account.id, contract_id: contract.id });
  const pack = await api("POST", "/hour-packs", { contract_id: contract.id, seconds: 36_000, starts_on: "2025-01-01" });
  const entry = await api("POST", "/time-entries", { ticket_id: ticket.id, starts_at: "2025-06-02T20:00:00Z", ends_at: "2025-06-03T05:00:05Z", activity: "ON_SITE", note: "Remplacement du routeur" });
  await api("POST", "/time-entries", { ticket_id: ticket.id, day: "2025-06-04", seconds: 9000, billable: false });
  const running = await api("POST", "/stopwatches", { ticket_id: ticket.id });
  const waiting = await api("POST", "/stopwatches", { ticket_id: (await api("POST", "/tickets", { subject: "À enregistrer" })).id });
  await api("POST", `/stopwatches/${waiting.id}/stop`);
  const paths = ["/time?user=all", "/time/report?by=month&from=2025-01-01", "/time/stopwatches", `/time/stopwatches/${running.id}`,
    `/time/stopwatches/${waiting.id}`, "/time/entries/new", `/time/entries/${entry.id}`, `/tickets/${ticket.id}?tab=timesheet.ticket`, `/contracts/${contract.id}`,
    `/accounts/${contract.account_id}`, `/time/packs/${pack.id}`, "/admin/settings/timesheet"];
  const looks = [
    { viewport: { width: 1440, height: 900 }, locale: "fr-FR" },
    { viewport: { width: 390, height: 844 }, locale: "fr-FR", colorScheme: "dark" },
    { viewport: { width: 1280, height: 844 }, locale: "en-GB" },
  ];
  for (const look of looks) {
    const { page, done } = await loggedIn("admin", look);
    await page.goto(`${desk.url}/preferences`);
    await page.selectOption("#f-language", look.locale.slice(0, 2));
    await page.locator("form", { has: page.locator("#f-language") }).getByRole("button").last().click();
    await page.waitForLoadState();
    for (const path of paths) {
      await page.goto(`${desk.url}${path}`);
      assert.equal(await page.getAttribute("html", "lang"), look.locale.slice(0, 2));
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${path} ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
      if (process.env.GUICHET_PICTURES) await page.screenshot({ path: `${process.env.GUICHET_PICTURES}/${look.locale}-${look.viewport.width}${look.colorScheme ?? ""}${path.replaceAll(/[/?=&]/g, "_")}.png`, fullPage: true });
    }
    await done();
  }
});
