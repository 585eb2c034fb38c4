// The pages for people who do not log in: with a keyboard, without JavaScript, on 320 px, for axe; and the links of customers.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(build, "pictures");

let desk, browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  desk = await startDesk({ tickets: 20 });
  browser = await openBrowser();
  const { page, done } = await atTheDesk();
  await page.goto(`${desk.url}/admin/public-form`);
  await page.fill("[name=name]", "Service après-vente");
  await page.fill("[name=accent]", "#ffcc00"); // cannot be read on white as it is
  await page.fill("[name=fastest_s]", "0");
  await page.fill("[name=welcome_fr]", "**Bienvenue.** Décrivez votre besoin.");
  await page.fill("[name=legal_fr]", "Vos données servent à répondre.");
  await page.getByText("Matériel", { exact: true }).click();
  await page.fill("[name=help_HARDWARE_fr]", "Indiquez le modèle et le numéro de série.");
  await page.locator("#preview").getByText("Décrivez votre besoin.").waitFor(); // live
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Enregistré.").waitFor();
  await done();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function visit(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  const done = async (expected = []) => {
    await context.close();
    assert.deepEqual(
      trouble.filter((line) => !expected.some((part) => line.includes(part))),
      [],
    );
  };
  return { context, page, done };
}

async function atTheDesk(options = {}) {
  const opened = await visit(options);
  await logIn(opened.page, desk);
  return opened;
}

// A link that a colleague has made on the page of an account, or of a ticket.
async function createLink(path) {
  const { page, done } = await atTheDesk();
  await page.goto(desk.url + path);
  if (path.startsWith("/tickets")) await page.getByText("Aucun lien", { exact: true }).click();
  else await page.locator("summary", { hasText: "Créer un lien" }).click();
  await page.getByRole("button", { name: "Créer un lien" }).click();
  const link = new URL(await page.inputValue("#f-link")).pathname;
  await done();
  return desk.url + link;
}

const numberOf = async (page) => /T\d{4}-\d{6}/.exec(await page.locator(".notice-success").textContent())[0];

async function idOf(number) {
  const { page, done } = await atTheDesk();
  await page.goto(`${desk.url}/tickets?phase=all&q=${number}`);
  const href = await page.locator("a.row-link").first().getAttribute("href");
  await done();
  return /\d+/.exec(href)[0];
}

async function faults(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

const keys = (page) => ({
  // Tab until this control has the focus; what a keyboard cannot reach is a failure.
  async reach(name) {
    for (let i = 0; i < 40; ++i) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement?.getAttribute("name") === wanted || document.activeElement?.textContent?.trim() === wanted, name)) return;
    }
    assert.fail(`the keyboard does not reach ${name}`);
  },
});

test("a request is sent with the keyboard alone, and what was wrong is said first (S2-07)", async () => {
  const { page, done } = await visit();
  await page.goto(`${desk.url}/public`);
  const { reach } = keys(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Aller au contenu");
  await page.keyboard.press("Enter");
  for (let i = 0; i < 5 && !(await page.evaluate(() => document.activeElement.getAttribute("href") === "/public/new")); ++i) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${desk.url}/public/new`);
  await reach("email");
  await page.keyboard.type("claire@example.org");
  await reach("Envoyer la demande");
  assert.equal(await page.evaluate(() => document.activeElement.name !== "website"), true);
  await page.keyboard.press("Enter");
  await page.getByText("Dites en quelques mots de quoi il s’agit.").first().waitFor();
  assert.equal(await page.inputValue("[name=email]"), "claire@example.org");
  await reach("Dites en quelques mots de quoi il s’agit.");
  await page.keyboard.press("Enter"); // to the field at fault
  assert.equal(await page.evaluate(() => document.activeElement.name), "subject");
  await page.keyboard.type("Imprimante en panne");
  await reach("category");
  await page.keyboard.type("Mat"); // Matériel
  await page.getByText("Indiquez le modèle et le numéro de série.").waitFor();
  await reach("Envoyer la demande");
  await page.keyboard.press("Enter");
  await page.getByText("Votre demande est envoyée").waitFor();
  assert.match(await numberOf(page), /^T/);
  await done(["422"]);
});

test("without JavaScript a request with a file is sent, in English, and seen through its link (S2-11, S2-27)", async () => {
  const { page, done } = await visit({ javaScriptEnabled: false, locale: "en-GB" });
  await page.goto(`${desk.url}/public/new`);
  await page.fill("[name=email]", "paul@example.org");
  await page.fill("[name=subject]", "The screen stays black");
  await page.fill("[name=description]", "Since **this morning**");
  await page.setInputFiles("[name=file]", { name: "screen.txt", mimeType: "text/plain", buffer: Buffer.from("black") });
  await page.getByRole("button", { name: "Send the request" }).click();
  await page.getByText("Your request was sent").waitFor();
  const id = await idOf(await numberOf(page));
  const { page: agent, done: agentDone } = await atTheDesk();
  await agent.goto(`${desk.url}/tickets/${id}`);
  await agent.locator("summary", { hasText: /^\s*(Liens du client|Aucun lien)/ }).click();
  await agent.getByRole("button", { name: /Créer un lien|Tout révoquer et en créer un/ }).click();
  const link = new URL(await agent.inputValue("#f-link")).pathname;
  await agentDone();
  await page.goto(desk.url + link);
  assert.equal(page.url(), `${desk.url}/public/tickets/${id}`); // no secret in the address
  await page.getByText("this morning").waitFor();
  assert.equal(await page.getByRole("link", { name: "screen.txt" }).count(), 1);
  await page.fill("[name=body]", "It works again.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Your message was sent.").waitFor();
  await page.getByText("It works again.").waitFor();
  await page.getByRole("button", { name: "Close the request" }).click();
  await page.getByText("Close this request?").waitFor();
  await page.getByRole("button", { name: "Close the request" }).click();
  await page.getByRole("button", { name: "Reopen the request" }).waitFor();
  await done();
});

test("with his own link the customer chooses who he is, sees his requests and adds one (S2-08, S2-09)", async () => {
  const link = await createLink("/accounts/1");
  const { page, done } = await visit({ viewport: { width: 390, height: 800 } });
  await page.goto(link);
  assert.equal(page.url(), `${desk.url}/public/space`);
  const name = (await page.locator("#f-contact_id option:not([value=''])").first().textContent()).trim();
  await page.selectOption("#f-contact_id", { label: name });
  await page.getByRole("button", { name: "C’est moi" }).click();
  assert.equal((await page.locator("#f-contact_id option:checked").textContent()).trim(), name);
  await page.screenshot({ path: join(pictures, "public-space.png"), fullPage: true });
  await page.getByRole("link", { name: "Nouvelle demande" }).click();
  assert.equal(await page.locator("[name=email]").count(), 0);
  await page.fill("[name=subject]", "De chez nous");
  await page.getByRole("button", { name: "Envoyer la demande" }).click();
  await page.getByRole("link", { name: "Voir la demande" }).click();
  await page.getByRole("heading", { name: "De chez nous" }).waitFor();
  await page.getByRole("link", { name: "Vos demandes" }).click();
  await page.getByRole("link", { name: "De chez nous" }).waitFor();
  await page.getByRole("button", { name: /Quitter/ }).click();
  await page.goto(`${desk.url}/public/space`);
  await page.getByText("Ce lien ne fonctionne plus").waitFor();
  await done(["404"]);
});

test("files are dropped from the list before they are sent, and several kinds of link are not followed", async () => {
  const { page, done } = await visit();
  await page.goto(`${desk.url}/public/new`);
  await page.setInputFiles("[name=file]", [
    { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") },
    { name: "b.txt", mimeType: "text/plain", buffer: Buffer.from("b") },
  ]);
  await page.getByRole("button", { name: "Retirer a.txt" }).click();
  await page.getByText("b.txt (").waitFor();
  assert.equal(await page.getByText("a.txt (").count(), 0);
  await page.goto(`${desk.url}/public/t/nothing`);
  await page.getByText("Ce lien ne fonctionne plus").waitFor();
  await done(["404"]);
});

test("without JavaScript the files of a form with an error are kept, and one is taken out again (R60)", async () => {
  const { page, done } = await visit({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
  await page.goto(`${desk.url}/public/new`);
  await page.fill("[name=email]", "luc@example.org");
  await page.setInputFiles("[name=file]", ["photo-de-l-imprimante.txt", "journal.txt"].map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) })));
  await page.getByRole("button", { name: "Envoyer la demande" }).click();
  await page.getByText("Dites en quelques mots de quoi il s’agit.").first().waitFor();
  await page.getByText("photo-de-l-imprimante.txt").first().waitFor();
  await page.screenshot({ path: join(pictures, "public-kept-files.png"), fullPage: true });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= 320), true);
  await page.getByRole("checkbox", { name: "Retirer journal.txt" }).check();
  await page.fill("[name=subject]", "Imprimante en panne");
  await page.getByRole("button", { name: "Envoyer la demande" }).click();
  const id = await idOf(await numberOf(page));
  await page.screenshot({ path: join(pictures, "public-thanks.png"), fullPage: true });
  await done(["422"]);
  const { page: agent, done: agentDone } = await atTheDesk();
  await agent.goto(`${desk.url}/tickets/${id}`);
  await agent.getByText("photo-de-l-imprimante.txt").first().waitFor();
  assert.equal(await agent.getByText("journal.txt").count(), 0);
  await agentDone();
});

test("a link is copied with the keyboard, and it is said", async () => {
  const { context, page, done } = await atTheDesk();
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: desk.url });
  await page.goto(`${desk.url}/accounts/3`);
  await page.locator("summary", { hasText: "Créer un lien" }).click();
  await page.getByRole("button", { name: "Créer un lien" }).click();
  const link = await page.inputValue("#f-link");
  const button = page.getByRole("button", { name: /^Copier/ });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Copié", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  assert.deepEqual(await faults(page), []);
  await page.screenshot({ path: join(pictures, "public-link-created.png"), fullPage: true });
  await page.goto(`${desk.url}/admin/public-form`);
  assert.equal(await page.getByRole("button", { name: /^Copier/ }).count(), 3);
  await done();
});

test("axe finds nothing, and nothing is wider than 320 px: both languages, light and dark", async () => {
  const customer = await createLink("/accounts/2");
  const { page: sender, done: sent } = await visit();
  await sender.goto(customer);
  await sender.goto(`${desk.url}/public/new`);
  await sender.fill("[name=subject]", "Un titre dont aucun mot n’est trop long pour un petit écran");
  await sender.getByRole("button", { name: "Envoyer la demande" }).click();
  const ticket = await sender.getByRole("link", { name: "Voir la demande" }).getAttribute("href");
  await sent();
  for (const locale of ["fr-FR", "en-GB"])
    for (const colorScheme of ["light", "dark"]) {
      const { page, done } = await visit({ locale, colorScheme, viewport: { width: 320, height: 700 } });
      await page.goto(customer);
      for (const path of ["/public", "/public/new", "/public/new?embed=1", "/public/space", ticket, "/public/lost", "/public/t/nothing"]) {
        await page.goto(desk.url + path);
        assert.equal(await page.getAttribute("html", "lang"), locale.slice(0, 2));
        assert.deepEqual(await faults(page), [], `${path} ${locale} ${colorScheme}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), `${path} is wider than the screen`);
        const name = path === ticket ? "ticket" : path.replace(/[^a-z]+/g, "-").slice(1);
        await page.screenshot({ path: join(pictures, `${name}-${locale}-${colorScheme}.png`), fullPage: true });
      }
      await done(["404"]);
    }
});

test("the pages of colleagues have the box, and axe finds nothing there", async () => {
  const { page, done } = await atTheDesk();
  for (const path of ["/admin/public-form", "/accounts/1", "/contacts/1", "/tickets/21", "/customer-access/send?account_id=1"]) {
    await page.goto(desk.url + path);
    assert.deepEqual(await faults(page), [], path);
  }
  await done();
});
