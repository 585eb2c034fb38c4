// From a ticket to its duration: equipment, its contract, an intervention on a phone with the customer's signature; axe on every page.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(build, "pictures");
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let desk, browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  desk = await startDesk({ tickets: 30 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function opened(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk);
  const done = async (expected = []) => {
    await context.close();
    assert.deepEqual(
      trouble.filter((line) => !expected.some((part) => line.includes(part))),
      [],
    );
  };
  return { page, done };
}

async function submit(page, fields, button = "Enregistrer") {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name="${name}"]`).last();
    if ((await field.evaluate((node) => node.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.getByRole("button", { name: button, exact: true }).click();
}

// A customer with a running contract and a machine under it, made on the pages: the paths of the account and the machine.
async function customer(page, name) {
  await page.goto(`${desk.url}/accounts/new`);
  await submit(page, { name });
  await page.waitForURL(/\/accounts\/\d+$/);
  const account = page.url();
  await page.goto(`${account}/contracts/new`);
  await submit(page, { label: "Maintenance annuelle", status: "running" });
  await page.waitForURL(/\/contracts\/\d+$/);
  await page.goto(account);
  await page.getByRole("link", { name: "Ajouter un équipement" }).click();
  await submit(page, { label: "Groupe froid", serial: "GF-2026", contract_id: { index: 1 } });
  await page.waitForURL(/\/equipment\/\d+$/);
  return { account, machine: page.url() };
}

async function newTicket(page, account, subject) {
  await page.goto(account);
  await page.getByText("Ajouter un ticket").click();
  await page.fill("#f-ticket-subject", subject);
  await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
  return page.url();
}

async function draw(page) {
  const pad = page.locator("canvas.signature-pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 20, box.y + 60);
  await page.mouse.down();
  for (let i = 1; i <= 12; ++i) await page.mouse.move(box.x + 20 + i * 20, box.y + 60 + (i % 2 ? -30 : 30));
  await page.mouse.up();
}

test("ticket, equipment, contract, intervention with signature, duration on the ticket (S2-04, S2-20 to S2-24)", async () => {
  const { page, done } = await opened();
  const { account } = await customer(page, "Fromagerie du Pré");
  const ticket = await newTicket(page, account, "Le groupe froid ne démarre plus");
  await page.selectOption("#f-equipment_id", { label: "Groupe froid – GF-2026" }); // saved at once
  await page.getByRole("button", { name: "L’utiliser pour le ticket" }).click();
  await page.locator("#ticket-properties").getByText(/CT-\d{4}-\d+/).waitFor();
  await page.getByRole("button", { name: "Créer une intervention" }).click();
  await page.waitForURL(/\/interventions\/\d+$/);
  const sheet = page.url();
  for (const text of ["Groupe froid", "Fromagerie du Pré", "Le groupe froid ne démarre plus"]) await page.getByText(text).first().waitFor();
  assert.equal(await page.locator("aside a[href^='/contracts/']").count(), 1, "the contract came along");

  const { page: mobile, done: mobileDone } = await opened(phone);
  await mobile.goto(`${sheet}/work`);
  await mobile.getByRole("button", { name: "Démarrer" }).click();
  await mobile.getByText("Démarré le").waitFor();
  await mobile.reload();
  await mobile.fill("[name=description]", "Remplacement du condensateur");
  await mobile.getByRole("button", { name: "Arrêter" }).click();
  await mobile.locator("td.stack-title", { hasText: "Remplacement du condensateur" }).waitFor();
  await mobile.getByRole("link", { name: "Déplacement" }).click();
  await submit(mobile, { description: "Aller et retour", seconds: "1h15" });
  await mobile.waitForURL(`${sheet}/work`);
  await submit(mobile, { note: "Essais concluants." }, "Ajouter la note");
  await mobile.getByText("Essais concluants.").waitFor();
  await mobile.setInputFiles("[name=file]", { name: "plaque.png", mimeType: "image/png", buffer: await mobile.screenshot() });
  await mobile.getByRole("button", { name: "Ajouter la photo" }).click();
  await mobile.getByText("plaque.png").waitFor();
  await mobile.fill("[name=signer]", "Camille Morel");
  await draw(mobile);
  await mobile.screenshot({ path: join(pictures, "interventions-390.png"), fullPage: true });
  await mobile.getByRole("button", { name: "Signer", exact: true }).click();
  await mobile.locator("img.signature").waitFor();
  assert.ok(await mobile.locator("img.signature").evaluate((image) => image.complete && image.naturalWidth === 900), "what was drawn is shown");
  assert.equal(await mobile.getByRole("button", { name: "Démarrer" }).count(), 0, "what is signed stays as it is");
  await mobileDone();

  await page.goto(sheet);
  await page.getByText("INT-").first().waitFor();
  await page.getByText("Camille Morel").first().waitFor();
  await page.goto(ticket);
  await page.locator("aside").getByText("1:15").waitFor(); // the seconds of the clock are less than half a minute
  await page.goto(`${desk.url}/tickets?q=groupe+froid&columns=subject,interventions.duration`);
  await page.getByRole("cell", { name: "1:15" }).waitFor();
  await done();
});

test("a drawing can be started again; without one the typed name signs", async () => {
  const { page, done } = await opened();
  const { account } = await customer(page, "Scierie Vidal");
  await newTicket(page, account, "Lame bloquée");
  await page.getByRole("button", { name: "Créer une intervention" }).click();
  await page.waitForURL(/\/interventions\/\d+$/);
  const sheet = page.url();
  await page.goto(`${sheet}/work`);
  await page.getByRole("button", { name: "Signer", exact: true }).click();
  await page.getByText("Saisissez le nom du signataire.").first().waitFor();
  await draw(page);
  await page.getByRole("button", { name: "Recommencer" }).click();
  await page.fill("[name=signer]", "Dominique Petit");
  await page.getByRole("button", { name: "Signer", exact: true }).click();
  await page.getByText("Dominique Petit").waitFor();
  await page.goto(sheet);
  await page.getByText("(nom saisi)").waitFor();
  await done(["422"]);
});

test("without JavaScript an intervention is written and signed", async () => {
  const { page: maker, done: makerDone } = await opened();
  const { account } = await customer(maker, "Laiterie Noire");
  const ticket = await newTicket(maker, account, "Cuve percée");
  await makerDone();
  const { page, done } = await opened({ javaScriptEnabled: false });
  await page.goto(ticket);
  await page.locator("button", { hasText: "Créer une intervention" }).click();
  await page.waitForURL(/\/interventions\/\d+$/);
  const sheet = page.url();
  await page.goto(`${sheet}/lines/new`);
  await submit(page, { kind: "part", description: "Joint", quantity: "2,5" });
  await page.getByText("× 2,5").waitFor();
  await page.goto(`${sheet}/work`);
  await submit(page, { signer: "Jo Noir" }, "Signer");
  await page.getByText("Jo Noir").waitFor();
  await done();
});

test("pages have no fault that axe finds and fit a phone", async () => {
  const { page: maker, done: makerDone } = await opened();
  const { account, machine } = await customer(maker, "Imprimerie Sud");
  const ticket = await newTicket(maker, account, "Bourrage");
  await maker.getByRole("button", { name: "Créer une intervention" }).click();
  await maker.waitForURL(/\/interventions\/\d+$/);
  const sheet = maker.url();
  await makerDone();
  const addresses = [
    `${desk.url}/equipment`,
    machine,
    `${machine}/edit`,
    `${desk.url}/equipment/import`,
    account,
    ticket,
    `${desk.url}/interventions`,
    sheet,
    `${sheet}/edit`,
    `${sheet}/lines/new`,
    `${sheet}/work`,
  ];
  for (const [name, options, visited] of [
    ["light", {}, addresses],
    ["dark", { colorScheme: "dark" }, [machine, `${sheet}/work`]],
    ["phone", phone, addresses],
  ]) {
    const { page, done } = await opened(options);
    for (const address of visited) {
      await page.goto(address);
      if (name === "phone") {
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), address);
        continue;
      }
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(
        found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
        `${name} ${address}`,
      );
    }
    await done();
  }
});
