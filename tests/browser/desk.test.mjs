// The desk as its users see it: French and English, desktop and phone, light and dark, with and without
// JavaScript, by mouse and by keyboard.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(build, "pictures");
const pages = [
  "/", "/tickets", "/tickets/60", "/tickets/59/merge", "/tickets/59/split", "/tickets/columns", "/tickets/views", "/tickets/new", "/accounts", "/accounts/1", "/accounts/new", "/contacts", "/contacts/1", "/contracts", "/contracts/1", "/contracts/1/lines/new", "/imports", "/preferences", "/password",
  "/search?q=morvan", "/search?q=zzzz",
  "/admin/canned-replies", "/admin/canned-replies/new", "/admin/forms?object=tickets.ticket", "/admin/forms?object=tickets.ticket&audience=public",
  "/admin/modules", "/admin/modules/tickets/disable", "/admin/modules/presets/full/apply", "/admin/settings", "/admin/settings/tickets",
  "/admin/fields", "/admin/fields?object=tickets.ticket", "/admin/fields/new?object=tickets.ticket",
  "/admin/fields/new?object=tickets.ticket&type=text", "/admin/lists", "/admin/lists/tickets.type",
  "/arrange", "/admin/users", "/admin/users/2", "/admin/users/new", "/admin/teams", "/admin/teams/1", "/admin/profiles", "/admin/profiles/1",
  "/admin/profiles/3", "/admin/arrangement", "/admin/arrangement?slot=directory.account.main&variant=lead", "/tickets/alerts",
  "/admin/tickets/workflow", "/admin/tickets/workflow/statuses/1", "/admin/tickets/workflow/presets/koban",
  "/admin/counters", "/admin/counters/tickets.ticket", "/admin/mail", "/admin/mail/senders", "/admin/mail/senders/new",
  "/admin/mail/templates", "/admin/mail/templates/core.test?lang=fr", "/admin/deliveries", "/admin/jobs", "/admin/audit",
];

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

// A page that fails the test on any script error, CSP violation or failed request.
async function open(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  page.on("requestfailed", (request) => trouble.push(`${request.url()} ${request.failure()?.errorText}`));
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("net::ERR_ABORTED")), []);
  };
  return { page, context, done };
}

test("S1-02 S1-04 S1-05: account, ticket from its widget, rename, status, found in the list", async () => {
  const { page, done } = await open();
  await logIn(page, desk);
  await page.getByRole("link", { name: "Comptes" }).first().click();
  await page.getByRole("link", { name: "Boulangerie Morvan" }).first().click();
  await page.getByText("Ajouter un ticket").first().click();
  await page.fill("#f-ticket-subject", "La vitrine réfrigérée ne s’arrête plus");
  await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
  const url = page.url();
  const title = page.locator("#f-subject");
  assert.equal(await title.inputValue(), "La vitrine réfrigérée ne s’arrête plus");
  await title.fill("La vitrine du magasin ne s’arrête plus");
  const renamed = page.waitForResponse((answer) => answer.url().endsWith("/edit") && answer.ok());
  await title.press("Enter");
  await renamed;
  const changed = page.waitForResponse((answer) => answer.url().endsWith("/edit") && answer.ok());
  await page.getByLabel("État").selectOption({ label: "En cours" });
  await changed;
  await page.reload();
  assert.equal(await title.inputValue(), "La vitrine du magasin ne s’arrête plus");
  assert.equal(await page.getByLabel("État").locator("option:checked").textContent(), "En cours");
  await page.goto(`${desk.url}/tickets?q=vitrine`);
  await page.getByRole("link", { name: "La vitrine du magasin ne s’arrête plus" }).first().click();
  await page.waitForURL(url);
  await page.screenshot({ path: join(pictures, "ticket.png") });
  await done();
});

test("switching the module tickets off takes it away, switching it on brings it back", async () => {
  const { page, done } = await open();
  await logIn(page, desk);
  const menu = page.getByRole("navigation").getByRole("link", { name: /^Tickets/ });
  await menu.waitFor();
  await page.goto(`${desk.url}/admin/modules`);
  await page.locator('a[href="/admin/modules/tickets/disable"]').click();
  await page.getByRole("button", { name: "Confirmer" }).click();
  await page.waitForURL(/done=disabled/);
  assert.equal(await menu.count(), 0);
  assert.match(await page.locator("main").innerText(), /Demandes des clients/, "what is switched off still speaks French");
  assert.equal((await page.request.get(`${desk.url}/tickets`)).status(), 404);
  await page.locator('a[href="/admin/modules/tickets/enable"]').click();
  await page.getByRole("button", { name: "Confirmer" }).click();
  await page.waitForURL(/done=enabled/);
  await menu.waitFor();
  assert.equal((await page.request.get(`${desk.url}/tickets`)).status(), 200);
  // those that need it went with it, and come back when they are asked to
  for (const [module, path] of [["mailbox", "/admin/mailboxes"], ["notifications", "/notifications"], ["public_form", "/admin/public-form"]]) {
    assert.equal((await page.request.get(desk.url + path)).status(), 404, path);
    desk.guichet("plugin", "enable", module);
    while (!(await page.request.get(desk.url + path)).ok()) await page.waitForTimeout(100);
  }
  await done();
});

test("every page holds at 1440, 390 and 320 pixels, without a sideways scroll", async () => {
  // light or dark makes no page wider: one of each for the pictures
  for (const [width, colorScheme] of [[1440, "light"], [390, "dark"], [320, "light"]]) {
    const { page, done } = await open({ viewport: { width, height: 900 }, colorScheme });
    await logIn(page, desk);
    for (const path of pages) {
      await page.goto(desk.url + path);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beyond <= 0, `${path} at ${width}: ${beyond} pixels too wide`);
      if (width !== 320) await page.screenshot({ path: join(pictures, `${width}-${colorScheme}${path.replaceAll(/[^\w.-]/g, "_")}.png`) });
    }
    await done();
  }
});

test("axe finds nothing on any page, in French and in English", async () => {
  for (const language of ["fr", "en"]) {
    const { page, context, done } = await open();
    await context.addCookies([{ name: "lang", value: language, url: desk.url }]);
    await page.goto(`${desk.url}/login`);
    const check = async (path) => {
      // through the debugger, which the page's CSP does not concern
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${path}: ${v.id} ${v.nodes.map((n) => n.target).join(" ")}`), []);
    };
    await check("/login");
    await logIn(page, desk);
    for (const path of pages) {
      await page.goto(desk.url + path);
      assert.equal(await page.getAttribute("html", "lang"), language);
      await check(path);
    }
    await done();
  }
});

test("no English is left on the French pages, and no French on the English ones", async () => {
  const words = { fr: /\b(Save|Cancel|Search|Add|Edit|Disable|Enable|Account|Status|Priority|Home|Log out|Not set|the|their|and)\b/, en: /\b(Enregistrer|Annuler|Rechercher|Ajouter|Modifier|Comptes|Non renseigné)\b/ };
  for (const language of ["fr", "en"]) {
    const { page, context, done } = await open();
    await context.addCookies([{ name: "lang", value: language, url: desk.url }]);
    await logIn(page, desk);
    // a ticket and a template of mail have texts of their own language
    for (const path of pages.filter((path) => !path.startsWith("/tickets/60") && !path.startsWith("/admin/mail/templates/"))) {
      const answer = await page.goto(desk.url + path);
      assert.equal(answer.status(), 200, path);
      const found = (await page.locator("body").innerText()).split("\n").filter((line) => words[language].test(line));
      assert.deepEqual(found, [], `${path} in ${language}`);
    }
    await done();
  }
});

test("everything works with JavaScript off", async () => {
  const { page, done } = await open({ javaScriptEnabled: false });
  await logIn(page, desk);
  await page.goto(`${desk.url}/tickets/new`);
  await page.fill("[name=subject]", "Sans script");
  await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
  await page.fill("#f-subject", "Toujours sans script");
  await page.press("#f-subject", "Enter");
  await page.waitForLoadState();
  assert.equal(await page.inputValue("#f-subject"), "Toujours sans script");
  await page.selectOption("#f-priority", { index: 1 });
  await page.locator("form", { has: page.locator("#f-priority") }).getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForLoadState();
  await page.fill("textarea[name=body]", "Un message sans script.");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.waitForLoadState();
  assert.match(await page.locator("body").innerText(), /Un message sans script\./);
  await done();
});

test("a script in a title, a name or a message is text", async () => {
  const { page, done } = await open();
  let dialogs = 0;
  page.on("dialog", (dialog) => { ++dialogs; dialog.dismiss(); });
  await logIn(page, desk);
  const payload = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
  await page.goto(`${desk.url}/accounts/new`);
  await page.fill("[name=name]", payload);
  await page.locator("main form[method=post]").last().locator("button[type=submit]").first().click();
  await page.waitForURL(/\/accounts\/\d+/);
  await page.getByText("Ajouter un ticket").first().click();
  await page.fill("#f-ticket-subject", payload);
  await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
  await page.fill("textarea[name=body]", payload);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.getByText("onerror").first().waitFor();
  await page.goto(`${desk.url}/tickets`);
  await page.goto(`${desk.url}/`);
  assert.equal(dialogs, 0);
  await done();
});

test("the keyboard alone: skip link, focus that is seen, a ticket added", async () => {
  const { page, done } = await open();
  await logIn(page, desk);
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /contenu/i);
  await page.goto(`${desk.url}/tickets/new`);
  await page.focus("[name=subject]");
  await page.keyboard.type("Au clavier");
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" || style.boxShadow !== "none" || style.borderColor;
  });
  assert.ok(outline);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets(\/\d+)?(\?.*)?$/);
  await page.goto(`${desk.url}/tickets?q=clavier`);
  await page.getByRole("link", { name: "Au clavier" }).first().waitFor();
  await done();
});
