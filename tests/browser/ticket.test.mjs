// One ticket as its users work on it: in place, by keyboard, merged and split.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { logIn, openBrowser, settled, startDesk, watchedPage } from "./desk.mjs";

let desk, browser;
before(async () => {
  desk = await startDesk();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function open(path, options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk);
  await page.goto(desk.url + path);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble, []);
  };
  return { page, done };
}

const saved = async (page, path) => {
  await page.waitForResponse((answer) => answer.url().endsWith(path) && answer.ok());
  await settled(page);
};

test("S3-15 S3-22: due date, progress and tags are saved in place", async () => {
  const { page, done } = await open("/tickets/59");
  await page.locator("#f-due_at").fill("2027-03-04T17:30");
  const due = saved(page, "/edit");
  await page.locator("#f-progress").focus(); // the date is saved when it is left
  await due;
  const progress = saved(page, "/edit");
  await page.locator("#f-progress").selectOption("40");
  await progress;
  const added = saved(page, "/edit");
  await page.locator("#f-tags").fill("réseau local");
  await page.locator("#f-tags").press("Enter");
  await added;
  await page.getByRole("button", { name: "Retirer l’étiquette réseau local" }).waitFor();
  await page.reload();
  assert.equal(await page.locator("#f-due_at").inputValue(), "2027-03-04T17:30");
  assert.equal(await page.locator("#f-progress").inputValue(), "40");
  const removed = saved(page, "/edit");
  await page.getByRole("button", { name: "Retirer l’étiquette réseau local" }).click();
  await removed;
  await page.getByRole("button", { name: "Retirer l’étiquette réseau local" }).waitFor({ state: "detached" });
  await done();
});

test("S3-16 S3-23: the steps that are offered follow the status", async () => {
  const { page, done } = await open("/tickets/58");
  const reset = saved(page, "/edit");
  await page.locator("#f-status").selectOption("NEW");
  await reset;
  await page.getByRole("button", { name: "Démarrer" }).waitFor();
  const started = saved(page, "/start");
  await page.getByRole("button", { name: "Démarrer" }).click();
  await started;
  await page.getByRole("button", { name: "Démarrer" }).waitFor({ state: "detached" });
  const resolved = saved(page, "/resolve");
  await page.getByRole("button", { name: "Résoudre" }).click();
  await resolved;
  await page.getByRole("button", { name: "Rouvrir" }).waitFor();
  await done();
});

test("keys work, not while typing, and can be switched off", async () => {
  const { page, done } = await open("/tickets");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = await page.locator(".row-link").nth(1).getAttribute("href");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), second);
  await page.goto(`${desk.url}/tickets/57`);
  await page.keyboard.press("s");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-status");
  await page.locator("main").focus();
  await page.keyboard.press("n");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-body", "a team note");
  assert.equal(await page.locator("[name=visibility][value=team]").isChecked(), true);
  await page.locator("#f-subject").focus();
  await page.keyboard.press("?");
  assert.equal(await page.locator("#hotkeys").isVisible(), false, "it was typed");
  await page.locator("main").focus();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Raccourcis clavier" });
  await help.waitFor();
  assert.match(await help.innerText(), /Rechercher partout/);
  assert.match(await help.innerText(), /État/);
  await help.getByRole("checkbox").uncheck();
  await help.getByRole("button", { name: "Fermer" }).click();
  await page.locator("main").focus();
  await page.keyboard.press("/");
  assert.notEqual(await page.evaluate(() => document.activeElement.name), "q", "switched off");
  await page.locator(".sidebar-me summary").click();
  await page.locator(".sidebar-me").getByRole("button", { name: "Raccourcis clavier" }).click();
  await help.getByRole("checkbox").check();
  await help.getByRole("button", { name: "Fermer" }).click();
  await page.locator("main").focus();
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await page.waitForURL(`${desk.url}/tickets`);
  await done();
});

test("the workflow: a status is added and dragged, and a preset is shown before it is applied", async () => {
  const { page, done } = await open("/admin/tickets/workflow");
  await page.fill("#f-fr", "À facturer");
  await page.fill("#f-code", "TO_BILL");
  await page.locator("#f-phase").selectOption("resolved");
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await page.locator("li.entry", { hasText: "À facturer" }).waitFor();
  const ordered = saved(page, "/order");
  await page.locator("li.entry", { hasText: "À facturer" }).locator(".drag-handle").dragTo(page.locator("li.entry").first());
  await ordered;
  await page.reload();
  assert.match(await page.locator("li.entry").first().innerText(), /À facturer/);
  await page.getByRole("link", { name: "Appliquer le cycle de vie Koban" }).click();
  assert.match(await page.locator("main").innerText(), /En attente d’un tiers[\s\S]*En cours/);
  await page.getByRole("button", { name: "Appliquer" }).click();
  await page.waitForURL(`${desk.url}/admin/tickets/workflow`);
  await page.goto(`${desk.url}/tickets/57`);
  assert.deepEqual(await page.locator("#f-status option").allInnerTexts(), ["Ouvert", "En cours", "En attente du client", "Fermé"]);
  await done();
});
