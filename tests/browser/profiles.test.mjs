// A profile, a user of it in a team, and what that user sees; pages put in order by dragging.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, openBrowser, password, startDesk, watchedPage } from "./desk.mjs";

const pictures = join(build, "pictures");
let desk, browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  desk = await startDesk();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function logIn(login = "admin", secret = password, options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await page.goto(`${desk.url}/login`);
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", secret);
  await page.press("[name=password]", "Enter");
  await page.waitForURL((url) => url.pathname !== "/login");
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble, []);
  };
  return { page, done };
}

test("S0-03 S0-04 S0-05: a new profile, a user of it in a new team, who sees what was given and nothing else", async () => {
  const admin = await logIn();
  const { page } = admin;
  await page.getByText("Administration").locator("visible=true").first().click();
  await page.getByRole("link", { name: "Profils" }).locator("visible=true").first().click();
  await page.fill("#f-name", "Prestataire");
  await page.selectOption("#f-copy_of", { label: "Agent" });
  await page.getByRole("button", { name: "Ajouter" }).click();
  await page.waitForURL(/\/admin\/profiles\/\d+/);
  await page.getByLabel("Tickets : Voir").selectOption({ label: "Celles de son équipe" });
  await page.getByLabel("Tickets : Ajouter").selectOption({ label: "Non" });
  const accounts = page.locator("section", { has: page.getByRole("heading", { name: "Comptes et contacts" }) });
  await accounts.getByLabel("Accès à ce module").uncheck();
  assert.equal(await accounts.getByLabel("Comptes : Voir").isVisible(), false, "what is withheld is folded away");
  await page.screenshot({ path: join(pictures, "profile.png"), fullPage: true });
  await page.locator(".sticky-actions").getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Le profil est enregistré").waitFor();

  await page.goto(`${desk.url}/admin/teams`);
  await page.fill("#f-name", "Sous-traitants");
  await page.getByRole("button", { name: "Ajouter" }).click();
  await page.waitForURL(/\/admin\/teams\/\d+/);
  await page.goto(`${desk.url}/admin/users/new`);
  await page.fill("#f-name", "Paul Rénier");
  await page.fill("#f-login", "paul");
  await page.selectOption("#f-profile", { label: "Prestataire" });
  await page.getByLabel("Sous-traitants").check();
  await page.getByRole("button", { name: "Ajouter" }).click();
  const given = await page.locator(".notice code").innerText();
  await page.getByText("n’a pas d’adresse électronique").waitFor();
  await page.screenshot({ path: join(pictures, "user.png"), fullPage: true });

  const key = desk.guichet("apikey", "add", "--user", "admin").trim().split(/\s+/).pop();
  const post = (body) => fetch(`${desk.url}/api/v1/tickets`, { method: "POST", headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" }, body: JSON.stringify(body) });
  assert.equal((await post({ subject: "Confié aux sous-traitants", team: "Sous-traitants" })).status, 201);

  const paul = await logIn("paul", given);
  await paul.page.waitForURL(/\/password$/);
  await paul.page.fill("#f-current_password", given);
  await paul.page.fill("#f-new_password", "quatre mots choisis ici");
  await paul.page.fill("#f-repeat_password", "quatre mots choisis ici");
  await paul.page.getByRole("button", { name: "Changer le mot de passe" }).click();
  await paul.page.waitForURL(`${desk.url}/`);
  const menu = await paul.page.getByRole("navigation").locator("visible=true").first().innerText();
  assert.match(menu, /Tickets/);
  assert.doesNotMatch(menu, /Comptes|Contacts|Administration/);
  await paul.page.goto(`${desk.url}/tickets`);
  assert.deepEqual(await paul.page.locator("tbody .row-link").allInnerTexts(), ["Confié aux sous-traitants"]);
  assert.equal(await paul.page.locator('a[href="/tickets/new"]').count(), 0);
  assert.equal((await paul.page.request.get(`${desk.url}/accounts`)).status(), 403);
  assert.equal((await paul.page.request.get(`${desk.url}/tickets/new`)).status(), 403);
  await paul.done();
  await admin.done();
});

const order = (page) => page.locator(".tile-label").allInnerTexts();
async function drag(page, from, to) {
  const a = await from.boundingBox(), b = await to.boundingBox();
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2 + 8, { steps: 4 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height - 2, { steps: 40 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height - 1, { steps: 4 });
  await page.mouse.up();
}

test("the tiles of the home page in the order that each user drags them into", async () => {
  const admin = await logIn();
  const { page } = admin;
  const before = await order(page);
  await page.getByRole("link", { name: "Disposer cette page" }).click();
  const rows = page.locator('section[id="arrange-core.home.tiles"] li');
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/arrange") && answer.request().method() === "POST");
  await drag(page, rows.nth(0).locator(".drag-handle"), rows.nth(2));
  assert.equal((await saved).status(), 200);
  await page.goto(desk.url);
  assert.deepEqual(await order(page), [before[1], before[2], before[0], ...before.slice(3)]);
  await page.goto(`${desk.url}/arrange`);
  await page.getByRole("button", { name: `Masquer ${before[0]}` }).click();
  await page.getByRole("button", { name: `Afficher ${before[0]}` }).waitFor();
  await page.screenshot({ path: join(pictures, "arrange.png"), fullPage: true });
  await page.goto(desk.url);
  assert.deepEqual(await order(page), [before[1], before[2], ...before.slice(3)]);
  await admin.done();

  const other = await logIn("hugo");
  assert.deepEqual(await order(other.page), before, "only one's own");
  await other.done();
});

test("the home page and an account page are arranged without JavaScript", async () => {
  const admin = await logIn("admin", password, { javaScriptEnabled: false });
  const { page } = admin;
  await page.goto(`${desk.url}/admin/arrangement?slot=core.home.main`);
  const names = () => page.locator("li .list-row-main").allInnerTexts();
  const before = await names();
  await page.locator("li").filter({ hasText: before[1].split("\n")[0] }).getByRole("button", { name: /^Monter/ }).click();
  assert.deepEqual(await names(), [before[1], before[0], ...before.slice(2)]);
  await page.goto(`${desk.url}/admin/arrangement?slot=directory.account.main&variant=lead`);
  await page.getByRole("button", { name: /^Masquer/ }).first().click();
  assert.match(page.url(), /variant=lead/);
  await page.getByRole("button", { name: "Revenir à l’ordre initial" }).click();
  await admin.done();
});
