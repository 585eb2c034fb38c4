// A quote's way: ticket, lines, number, mail, the customer's answer on his link, and back on the quote and the ticket (row S2-19).
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, logIn, openBrowser, settled, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(build, "pictures");

// A mail server that takes everything: what it got, as sent.
async function startSink() {
  const mails = [];
  const server = createServer((socket) => {
    let pending = "", mail = null;
    const line = (text) => {
      if (mail !== null) {
        if (text !== ".") return (mail += text + "\n");
        mails.push(mail);
        mail = null;
      } else if (text === "DATA") {
        mail = "";
        return socket.write("354 go on\r\n");
      }
      socket.write(text === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
    };
    socket.on("error", () => {});
    socket.on("data", (data) => {
      const lines = (pending + data.toString("latin1")).split("\r\n");
      pending = lines.pop();
      lines.forEach(line);
    });
    socket.write("220 sink\r\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { mails, port: server.address().port, stop: () => server.close() };
}

async function until(what) {
  for (let tries = 0; tries < 300; ++tries) {
    const found = await what();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not happen");
}

let desk, browser, sink;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  desk = await startDesk({ tickets: 20 });
  browser = await openBrowser();
  sink = await startSink();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  sink?.stop();
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

async function faults(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

const fitsIn = (page, width) => page.evaluate((most) => document.documentElement.scrollWidth <= most, width);

// The button of the card of quotes on the page of a ticket that has an account.
async function quoteOfATicket(page) {
  await page.goto(`${desk.url}/tickets?phase=all`);
  const paths = await page.locator("a.row-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of paths) {
    await page.goto(desk.url + path);
    if ((await page.locator('a[href^="/accounts/"]').count()) === 0) continue;
    await page.locator("section", { has: page.locator("#h-quotes") }).getByRole("button", { name: "Ajouter un devis" }).click();
    await page.waitForURL(/\/quotes\/\d+$/);
    return path;
  }
  throw new Error("no ticket with an account");
}

async function typeLine(page, n, values) {
  for (const [name, value] of Object.entries(values)) await page.fill(`[id="f-lines.${n}.${name}"]`, value);
  await page.press(`[id="f-lines.${n}.${Object.keys(values).at(-1)}"]`, "Tab");
}

test("from a ticket to the customer's agreement (S2-19)", async () => {
  const { page, done } = await atTheDesk();
  const ticket = await quoteOfATicket(page);
  await page.fill("#f-email", "claire@example.org");
  await typeLine(page, 0, { label: "Écran 27 pouces", quantity: "2", unit_price: "199,90" });
  await page.locator("#quote-totals", { hasText: "479,76" }).waitFor(); // added up by the server, nothing was pressed
  await page.locator("#net-0", { hasText: "399,80" }).waitFor();
  await settled(page);
  await page.getByRole("button", { name: "Ajouter une ligne" }).click();
  await page.locator('[id="f-lines.1.label"]').waitFor();
  await typeLine(page, 1, { label: "Heures", quantity: "-1", unit_price: "65" });
  await page.locator("#errors-1", { hasText: "ne peut pas être négative" }).waitFor();
  assert.equal(await page.inputValue('[id="f-lines.1.quantity"]'), "-1");
  await typeLine(page, 1, { quantity: "1,5", discount: "10", vat_rate: "5,5" });
  await page.locator("#quote-totals", { hasText: "572,34" }).waitFor(); // 399,80 + 79,96 + 87,75 + 4,83 (4,82625)
  await page.locator("#errors-1").waitFor({ state: "hidden" });
  await settled(page);
  await page.getByRole("button", { name: "Monter" }).nth(1).click();
  await page.waitForFunction(() => document.getElementById("f-lines.0.label").value === "Heures");
  await page.selectOption("#f-item", { label: "DEPL – Déplacement" });
  await page.getByRole("button", { name: "Insérer" }).click();
  await page.waitForFunction(() => document.getElementById("f-lines.2.label")?.value === "Déplacement");
  await page.locator("#quote-totals", { hasText: "626,34" }).waitFor();
  await page.screenshot({ path: join(pictures, "quote-draft.png"), fullPage: true });
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Valider" }).click();
  await page.getByRole("heading", { name: /^DEV-\d{4}-\d{4}/ }).waitFor();
  const quote = page.url();
  assert.equal(await page.locator("#quote-form").count(), 0);
  await page.screenshot({ path: join(pictures, "quote-validated.png"), fullPage: true });
  assert.deepEqual(await faults(page), []);

  // no mail goes out before somebody has said how
  await page.getByRole("link", { name: "Envoyer le devis" }).click();
  await page.getByRole("button", { name: "Envoyer le devis" }).click();
  await page.getByText("Aucun courriel ne peut encore être envoyé").first().waitFor();
  await page.goto(`${desk.url}/admin/mail/senders/new`);
  await page.fill("[name=code]", "support");
  await page.fill("[name=address]", "sav@example.org");
  await page.fill("[name=host]", "127.0.0.1");
  await page.fill("[name=port]", String(sink.port));
  await page.selectOption("[name=security]", "none");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForURL(/senders/);
  await page.goto(`${quote}/send`);
  await page.fill("#f-name", "Claire Morvan");
  await page.fill("#f-message", "Voici **notre** proposition.");
  await page.screenshot({ path: join(pictures, "quote-send.png"), fullPage: true });
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Envoyer le devis" }).click();
  await page.waitForURL(quote);
  await page.getByText("Envoyé", { exact: true }).first().waitFor();
  const mail = await until(() => sink.mails.find((text) => text.includes("claire@example.org")));
  assert.match(mail, /filename="?DEV-\d{4}-\d{4}\.pdf/);
  const link = /http:\/\/[^\s"<>]*\/public\/quotes\/[A-Za-z0-9_-]{43}/.exec(mail.replace(/=\n/g, ""))[0];

  const customer = await visit({ viewport: { width: 390, height: 844 } });
  const path = new URL(link).pathname;
  await customer.page.goto(desk.url + path);
  assert.ok(await fitsIn(customer.page, 390));
  await customer.page.screenshot({ path: join(pictures, "quote-customer-390.png"), fullPage: true });
  assert.deepEqual(await faults(customer.page), []);
  const download = customer.page.waitForEvent("download");
  await customer.page.getByRole("link", { name: "Télécharger le PDF" }).click();
  assert.match((await download).suggestedFilename(), /^DEV-\d{4}-\d{4}\.pdf$/);
  await customer.page.getByRole("button", { name: "Accepter le devis" }).click();
  await customer.page.getByText("Cochez la case pour accepter le devis.").first().waitFor();
  await customer.page.fill("#f-name", "Claire Morvan");
  await customer.page.check("#f-agree");
  await customer.page.getByRole("button", { name: "Accepter le devis" }).click();
  await customer.page.getByText("Vous avez accepté ce devis.").waitFor();
  assert.equal(await customer.page.getByRole("button", { name: "Accepter le devis" }).count(), 0);
  await customer.done(["422"]);

  await page.goto(quote);
  await page.getByText("Signé", { exact: true }).first().waitFor();
  await page.getByText("a accepté le devis").waitFor();
  await page.screenshot({ path: join(pictures, "quote-signed.png"), fullPage: true });
  assert.deepEqual(await faults(page), []);
  await page.goto(desk.url + ticket);
  await page.locator("section", { has: page.locator("#h-quotes") }).getByText("Signé").waitFor();
  await page.getByText(/a reçu l’acceptation du devis DEV-\d{4}-\d{4} par Claire Morvan/).waitFor();
  await done(["422"]);
});

test("a quote is made without JavaScript (S2-19)", async () => {
  const { page, done } = await atTheDesk({ javaScriptEnabled: false });
  await quoteOfATicket(page);
  await page.fill('[id="f-lines.0.label"]', "Câble");
  await page.fill('[id="f-lines.0.unit_price"]', "1000");
  await page.fill('[id="f-lines.0.vat_rate"]', "1000");
  await page.getByRole("button", { name: "Ajouter une ligne" }).click();
  await page.getByRole("link", { name: "Saisissez un pourcentage de 0 à 100." }).waitFor();
  assert.equal(await page.inputValue('[id="f-lines.0.label"]'), "Câble");
  await page.fill('[id="f-lines.0.vat_rate"]', "20");
  await page.getByRole("button", { name: "Ajouter une ligne" }).click();
  await page.locator('[id="f-lines.1.label"]').waitFor();
  await page.getByText(/1\u202f200,00\u00a0€/).first().waitFor();
  await page.fill('[id="f-lines.1.label"]', "Pose");
  await page.press('[id="f-lines.1.label"]', "Tab");
  await page.press('[id="f-lines.1.unit_price"]', "Enter"); // saves, and presses no other button
  await page.waitForURL(/\/quotes\/\d+$/);
  assert.equal(await page.inputValue('[id="f-lines.1.label"]'), "Pose");
  assert.equal(await page.inputValue('[id="f-lines.0.label"]'), "Câble");
  await page.getByRole("button", { name: "Valider" }).click();
  await page.getByRole("heading", { name: /^DEV-/ }).waitFor();
  await done(["422"]);
});

test("the list, a draft and the catalogue fit a phone, in English and in the dark", async () => {
  const { page, context, done } = await atTheDesk({ viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "en-GB" });
  await context.addCookies([{ name: "lang", value: "en", url: desk.url }]);
  await page.goto(`${desk.url}/quotes`);
  await page.getByRole("heading", { name: "Quotes" }).waitFor();
  await page.screenshot({ path: join(pictures, "quotes-390-dark.png"), fullPage: true });
  assert.ok(await fitsIn(page, 390));
  assert.deepEqual(await faults(page), []);
  await page.goto(`${desk.url}/quotes?state=draft`);
  await page.locator("a.row-link").first().click();
  await page.locator("#quote-form").waitFor();
  await page.screenshot({ path: join(pictures, "quote-draft-390-dark.png"), fullPage: true });
  assert.ok(await fitsIn(page, 390));
  assert.deepEqual(await faults(page), []);
  await page.goto(`${desk.url}/quotes/items`);
  assert.ok(await fitsIn(page, 390));
  await page.screenshot({ path: join(pictures, "quote-items-390-dark.png"), fullPage: true });
  assert.deepEqual(await faults(page), []);
  await done();
});
