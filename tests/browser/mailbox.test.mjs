// Mailboxes in a browser: set up, validated by a mail that comes back, and what an agent sees of a mail. Rows S0-14, S0-15, S2-36.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = "sav@guichet.example";

let desk, browser, server;
const sent = []; // mails that left the desk

// A mail server that takes everything.
function startSmtp() {
  const smtp = createServer((socket) => {
    let data = null;
    let rest = "";
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      rest += chunk.toString("latin1");
      for (let end; (end = rest.indexOf("\r\n")) >= 0; ) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null && line !== ".") data += line.replace(/^\.\./, ".") + "\r\n";
        else if (data !== null) {
          sent.push(data);
          data = null;
          socket.write("250 taken\r\n");
        } else if (line.startsWith("DATA")) {
          data = "";
          socket.write("354 go on\r\n");
        } else socket.write(line.startsWith("QUIT") ? "221 bye\r\n" : "250 fine\r\n");
      }
    });
  });
  return new Promise((resolve) => smtp.listen(0, "127.0.0.1", () => resolve(smtp)));
}

const deliver = (mail) =>
  execFileSync(desk.program, ["mail", "deliver", "--mailbox", address], {
    env: desk.environment,
    input: Buffer.from(mail, "latin1"),
    stdio: ["pipe", "ignore", "inherit"],
  });

before(async () => {
  server = await startSmtp();
  desk = await startDesk({ tickets: 10 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
  server?.close();
});

async function loggedIn(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("status of 422")), []);
  };
  return { page, done };
}

async function reloadUntil(page, text) {
  for (let tries = 0; tries < 100; ++tries) {
    if (await page.getByText(text).first().isVisible()) return;
    await page.waitForTimeout(200);
    await page.reload();
  }
  assert.fail(`"${text}" does not appear`);
}

test("a mailbox is added, and used once a mail to its address has come back", async () => {
  const { page, done } = await loggedIn();
  await page.goto(`${desk.url}/admin/mail/senders/new`);
  await page.fill("[name=code]", "sav");
  await page.fill("[name=address]", address);
  await page.fill("[name=host]", "127.0.0.1");
  await page.fill("[name=port]", String(server.address().port));
  await page.selectOption("[name=security]", "none");
  await page.locator("form.card button.btn-primary").click();
  await page.waitForURL(/senders\?done/);

  await page.goto(`${desk.url}/admin/mailboxes`);
  await page.getByText("Aucune boîte pour l’instant").waitFor();
  await page.locator("main a.btn-primary").click();
  await page.fill("[name=name]", "SAV");
  await page.fill("[name=address]", "pas une adresse");
  await page.selectOption("[name=protocol]", "none");
  await page.locator("form.card button.btn-primary").click();
  await page.getByText("Ce n’est pas une adresse de courriel.").first().waitFor();
  await page.fill("[name=address]", address);
  await page.locator("form.card button.btn-primary").click();
  await page.waitForURL(/mailboxes\/\d+$/);

  await page.getByRole("button", { name: "Valider l’adresse" }).click();
  await page.getByText("Deux courriels ont été envoyés").waitFor();
  for (let tries = 0; sent.length < 2 && tries < 200; ++tries) await page.waitForTimeout(50);
  assert.equal(sent.length, 2);
  for (const mail of sent) deliver(`Delivered-To: ${/^To: (.*)$/m.exec(mail)[1].trim()}\r\n${mail}`);
  await page.goto(page.url().split("?")[0]);
  await reloadUntil(page, "En service");
  await reloadUntil(page, "Les adresses avec + arrivent aussi");
  await done();
});

test("an agent sees what was said, and the rest of the mail when he asks for it", async () => {
  const { page, done } = await loggedIn();
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  deliver(
    [
      "From: Camille Martin <camille@client.example>",
      `To: ${address}`,
      "Reply-To: ailleurs@autre.example",
      "Subject: Ecran noir",
      "Message-ID: <noir@client.example>",
      "MIME-Version: 1.0",
      "Content-Type: multipart/related; boundary=r",
      "",
      "--r",
      "Content-Type: multipart/alternative; boundary=a",
      "",
      "--a",
      "Content-Type: text/plain; charset=utf-8",
      "",
      "Bonjour, tout est noir.",
      "",
      "Le 20/11/2026 \xc3\xa0 10:00, SAV <sav@guichet.example> a \xc3\xa9crit :",
      "> Avez-vous essay\xc3\xa9 le bouton ?",
      "",
      "-- ",
      "Camille Martin",
      "",
      "--a",
      "Content-Type: text/html; charset=utf-8",
      "",
      '<p>Bonjour, <b>tout est noir</b>.</p><img src="cid:ecran@x" alt="ecran"><img src="https://espion.example/1.gif" alt="espion"><script>alert(1)</script>',
      "--a--",
      "--r",
      "Content-Type: image/png; name=ecran.png",
      "Content-ID: <ecran@x>",
      "Content-Disposition: inline; filename=ecran.png",
      "Content-Transfer-Encoding: base64",
      "",
      pixel,
      "--r--",
      "",
    ].join("\r\n"),
  );
  await page.goto(`${desk.url}/admin/mailboxes/mails`);
  await reloadUntil(page, "Ecran noir");
  await page.getByText("Ecran noir").click();
  await reloadUntil(page, "Traité");
  await page.getByRole("link", { name: "Ouvrir le ticket" }).click();
  await page.getByText("Reçu par courriel").waitFor();
  await page.getByText("ailleurs@autre.example").waitFor();
  const quote = page.getByText("Avez-vous essayé le bouton ?");
  assert.equal(await quote.isVisible(), false, "what was quoted is folded away");
  await page.getByText("Texte cité").click();
  assert.equal(await quote.isVisible(), true);

  await page.getByRole("link", { name: "Le courriel entier" }).click();
  const frame = page.frameLocator("iframe");
  await frame.locator("b", { hasText: "tout est noir" }).waitFor();
  await page.waitForFunction(() => document.querySelector("iframe").contentDocument.querySelector("img[alt=ecran]")?.naturalWidth === 1);
  assert.equal(await frame.locator("img[alt=espion]").getAttribute("src"), null, "nobody is told that the mail was read");
  assert.equal(await frame.locator("script").count(), 0);
  await page.getByRole("link", { name: "Charger les images distantes" }).waitFor();
  await done();
});

test("axe finds nothing on the pages of mailboxes", async () => {
  for (const options of [{ locale: "fr-FR" }, { locale: "en-GB", viewport: { width: 390, height: 844 } }, { colorScheme: "dark" }]) {
    const { page, done } = await loggedIn(options);
    await page.goto(`${desk.url}/admin/mailboxes`);
    const one = await page.locator("main a.row-link").first().getAttribute("href");
    await page.goto(`${desk.url}/admin/mailboxes/mails`);
    const mail = await page.locator("main a.row-link").first().getAttribute("href");
    for (const path of ["/admin/mailboxes", "/admin/mailboxes/new", one, `${one}/edit`, "/admin/mailboxes/mails", "/admin/mailboxes/mails?view=quarantine", mail]) {
      await page.goto(desk.url + path);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`), [], path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, `${path} fits`);
    }
    await done();
  }
});
