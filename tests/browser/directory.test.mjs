// Accounts, contracts and imports as people use them, in French.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

let desk, browser;
before(async () => {
  desk = await startDesk({ tickets: 20 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function open(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("net::ERR_ABORTED") && !t.includes("status of 422")), []);
  };
  return { page, done };
}

async function send(page, content) {
  await page.goto(`${desk.url}/imports`);
  await page.setInputFiles("#f-file", { name: "clients.csv", mimeType: "text/csv", buffer: Buffer.from(content, "latin1") });
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.waitForURL(/\/imports\/\d+$/);
}

const head = "Raison sociale;N\xb0 client;Courriel;T\xe9l\xe9phone;Type;Actif\r\n";

test("R39: an import: the columns are guessed, the wrong lines are named, the corrected file is carried out", async () => {
  const { page, done } = await open();
  await page.goto(`${desk.url}/accounts`);
  await page.getByRole("link", { name: "Importer" }).click();
  await page.getByRole("button", { name: "Continuer" }).click();
  assert.match(await page.locator("#e-file").textContent(), /Choisissez un fichier/);

  await send(page, `${head}\xc9lectricit\xe9 Zan;Z-1;zan@zan.example;01 02 03 04 05;Client;oui\r\nCharpente Zao;Z-2;pas une adresse;;<img src=x onerror=alert(1)>;oui\r\n`);
  assert.equal(await page.getByLabel("Encodage").inputValue(), "windows-1252");
  assert.equal(await page.getByLabel("Va dans – N° client").inputValue(), "code");
  assert.equal(await page.getByLabel("Retrouver l’existant par").inputValue(), "code");
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  const errors = page.getByRole("link", { name: "Télécharger les erreurs" });
  await errors.waitFor(); // shown by htmx when the job is done
  assert.equal(await page.getByRole("button", { name: "Importer maintenant" }).count(), 0);
  assert.deepEqual(await page.locator("tbody tr").allInnerTexts().then((rows) => rows.map((row) => row.split("\t").slice(0, 3))), [
    ["3", "Courriel", "pas une adresse"],
    ["3", "Type", "<img src=x onerror=alert(1)>"],
  ]);
  const [download] = await Promise.all([page.waitForEvent("download"), errors.click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /3;Type;<img src=x onerror=alert\(1\)>;/);

  await send(page, `${head}\xc9lectricit\xe9 Zan;Z-1;zan@zan.example;01 02 03 04 05;Client;oui\r\n"Charpente ""Zao""";Z-2;;;Fournisseur;non\r\n`);
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await page.getByRole("button", { name: "Importer maintenant" }).click();
  await page.getByText("Le fichier a été importé.").waitFor();
  await page.goto(`${desk.url}/accounts?q=0102030405`);
  assert.deepEqual(await page.locator("#results .row-link").allTextContents(), ["Électricité Zan"]);
  await page.goto(`${desk.url}/accounts?q=zao&active=no`);
  assert.deepEqual(await page.locator("#results .row-link").allTextContents(), ['Charpente "Zao"']);
  await done();
});

test("an import without JavaScript", async () => {
  const { page, done } = await open({ javaScriptEnabled: false });
  await send(page, "Nom;Ville\r\nMenuiserie Zed;Brest\r\n");
  await page.getByLabel("Retrouver l’existant par").selectOption("");
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  const settle = async (busy) => {
    while (await page.getByRole("link", { name: "Actualiser" }).count()) await page.getByRole("link", { name: "Actualiser" }).click();
    assert.equal(await page.getByText(busy).count(), 0);
  };
  await settle("en cours de vérification");
  await page.getByRole("button", { name: "Importer maintenant" }).click();
  await settle("L’import est en cours");
  await page.getByText("Le fichier a été importé.").waitFor();
  await done();
});

test("a very similar account is pointed out, and added anyway when it is meant", async () => {
  const { page, done } = await open();
  await page.goto(`${desk.url}/accounts/new`);
  await page.fill("#f-name", "Boulangerie Morvann");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("link", { name: "Boulangerie Morvan" }).waitFor();
  assert.equal(await page.inputValue("#f-name"), "Boulangerie Morvann");
  await page.getByRole("button", { name: "Ajouter quand même" }).click();
  await page.waitForURL(/\/accounts\/\d+$/);
  await done();
});

test("S1-12: a contract, its lines and its renewal", async () => {
  const { page, done } = await open({ viewport: { width: 390, height: 844 } });
  await page.goto(`${desk.url}/accounts?q=morvan`);
  await page.getByRole("link", { name: "Boulangerie Morvan", exact: true }).click();
  await page.getByRole("link", { name: "Ajouter un contrat" }).click();
  await page.fill("#f-label", "Maintenance des fours");
  await page.selectOption("#f-status", "running");
  await page.fill("#f-starts_on", "2025-01-01");
  await page.fill("#f-ends_on", "2025-12-31");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForURL(/\/contracts\/\d+$/);
  await page.getByText("Hors période").waitFor();
  await page.getByRole("link", { name: "Ajouter une ligne" }).click();
  await page.fill("#f-label", "Visite annuelle");
  await page.fill("#f-unit_price_cents", "12,345");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  assert.match(await page.locator("#e-unit_price_cents").textContent(), /deux décimales/);
  await page.fill("#f-unit_price_cents", "1 250,50");
  await page.fill("#f-vat_rate", "20");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("1250,50").waitFor();
  await page.fill("#f-ends_on", "2999-12-31");
  await page.getByRole("button", { name: "Renouveler" }).click();
  await page.getByText("01/01/2026 – 31/12/2999").waitFor();
  assert.equal(await page.getByText("Hors période").count(), 0);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await done();
});
