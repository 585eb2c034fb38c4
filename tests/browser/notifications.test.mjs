// Notifications in a browser: the bell, what one wants to be told of, the rules and webhooks of administrators.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

async function loggedIn(login, options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk, login);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("status of 422")), []);
  };
  return { page, done };
}

async function give(subject, assignee) {
  const answer = await fetch(`${desk.url}/api/v1/tickets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ subject, assignee }),
  });
  assert.equal(answer.status, 201);
  return answer.json();
}

test("the bell counts without a reload, and what is opened is read", async () => {
  const { page, done } = await loggedIn("camille");
  const bell = page.locator('.sidebar [data-badge="notifications.bell"]');
  assert.equal((await bell.textContent()).trim(), "");
  await give("Écran noir au guichet", "camille");
  await page.mouse.move(10, 10);
  await bell.getByText("1", { exact: false }).waitFor({ timeout: 60_000 });
  await page.locator('.sidebar .top-link:has([data-badge="notifications.bell"])').click();
  await page.waitForURL(/\/notifications$/);
  await page.getByText("vous a confié le ticket").waitFor();
  await page.locator(".list-row-main a").first().click();
  await page.waitForURL(/\/tickets\/\d+$/);
  await page.goto(`${desk.url}/notifications?view=unread`);
  await page.getByText("Tout est lu").waitFor();
  await give("Deuxième", "camille");
  await give("Troisième", "camille");
  await page.goto(`${desk.url}/notifications`);
  for (let tries = 0; (await page.locator(".list-row strong").count()) < 2 && tries < 100; ++tries) await page.reload();
  await page.getByRole("button", { name: "Tout marquer comme lu" }).click();
  await page.waitForLoadState();
  assert.equal(await page.locator(".list-row strong").count(), 0);
  await done();
});

test("each user chooses, from the menu with his name", async () => {
  const { page, done } = await loggedIn("camille");
  await page.click(".sidebar-me > summary");
  await page.locator(".sidebar-me").getByRole("link", { name: "Ce dont vous êtes averti" }).click();
  await page.waitForURL(/\/notifications\/preferences$/);
  await page.check("#f-assigned input[value=none]");
  await page.check("[name=digest]");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Votre choix est enregistré.").waitFor();
  await page.reload();
  assert.ok(await page.isChecked("#f-assigned input[value=none]"));
  assert.ok(await page.isChecked("[name=digest]"));
  await done();
});

test("S2-33: a rule is added, tried and switched off, without JavaScript as well", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, done } = await loggedIn("admin", { javaScriptEnabled });
    await page.goto(`${desk.url}/admin/notifications/new`);
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.locator("#e-event").waitFor();
    await page.selectOption("#f-event", "status");
    await page.locator("#f-when_priority > summary").click();
    await page.check("[name=when_priority][value=URGENT]");
    await page.locator("[name=recipient]").first().selectOption("address");
    await page.locator("[name=address]").first().fill("astreinte@exemple.fr");
    await page.check("[name=active]");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.waitForURL(/\/admin\/notifications$/);
    const row = page.locator("tr", { hasText: "astreinte@exemple.fr" }).last();
    assert.match(await row.innerText(), /Urgente/);
    const ticket = await give("Essai", "camille");
    await page.fill("#f-ref", ticket.ref);
    await page.selectOption("[name=event]", "customer_message");
    await page.getByRole("button", { name: "Essayer" }).click();
    await page.locator(".list-row", { hasText: "Le responsable" }).waitFor();
    await row.getByRole("button", { name: "Désactiver" }).click();
    await page.locator("tr", { hasText: "astreinte@exemple.fr" }).last().getByText("Désactivé", { exact: true }).waitFor();
    await page.locator("tr", { hasText: "astreinte@exemple.fr" }).last().getByRole("link").click();
    await page.getByRole("button", { name: "Supprimer" }).click();
    await page.getByRole("button", { name: "Supprimer" }).last().click();
    await page.waitForURL(/\/admin\/notifications$/);
    assert.equal(await page.getByText("astreinte@exemple.fr").count(), 0);
    await done();
  }
});

test("R49: a webhook with an internal address is refused before anything is sent", async () => {
  const { page, done } = await loggedIn("admin");
  await page.goto(`${desk.url}/admin/webhooks/new`);
  await page.fill("#f-name", "ERP");
  await page.fill("#f-url", `${desk.url}/hook`);
  await page.check("[name=events][value='tickets.ticket_created']");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForURL(/\/admin\/webhooks\/\d+$/);
  const own = page.url();
  await page.getByRole("button", { name: "Afficher le secret" }).click();
  assert.match(await page.inputValue("#f-secret"), /^whsec_[0-9a-f]{64}$/);
  await page.goto(own);
  await page.getByRole("button", { name: "Envoyer un essai" }).click();
  const error = page.getByText("l’hôte est interne");
  for (let tries = 0; !(await error.count()) && tries < 100; ++tries) await page.reload();
  assert.equal(await error.count(), 1);
  await done();
});

test("axe finds nothing, and nothing is wider than the screen: desktop and phone, light and dark, French and English", async () => {
  const looks = [
    { viewport: { width: 1440, height: 900 }, locale: "fr-FR" },
    { viewport: { width: 390, height: 844 }, locale: "fr-FR", colorScheme: "dark" },
    { viewport: { width: 390, height: 844 }, locale: "en-GB" },
  ];
  for (const look of looks) {
    const { page, done } = await loggedIn("admin", look);
    for (const path of ["/notifications", "/notifications/preferences", "/admin/notifications", "/admin/notifications/new", "/admin/notifications/2", "/admin/webhooks", "/admin/webhooks/1"]) {
      await page.goto(`${desk.url}${path}`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${path} ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
      if (process.env.GUICHET_PICTURES) await page.screenshot({ path: `${process.env.GUICHET_PICTURES}/${look.locale}-${look.viewport.width}${look.colorScheme ?? ""}${path.replaceAll("/", "_")}.png`, fullPage: true });
    }
    await done();
  }
});
