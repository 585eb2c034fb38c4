// Writing on a ticket in a browser: previews, drafts, canned replies, files that are dropped and pasted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

let desk, browser;
before(async () => {
  desk = await startDesk();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function loggedIn(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk);
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("status of 422")), []);
  };
  return { page, done, trouble };
}

async function newTicket(page, subject) {
  await page.goto(`${desk.url}/tickets/new`);
  await page.fill("[name=subject]", subject);
  await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
}

const answer = (page, path) => page.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith(path));

test("S1-19 S1-23 S2-28: one kind of message at a time, and what belongs to it", async () => {
  const { page, done } = await loggedIn();
  await newTicket(page, "Sans adresse");
  assert.ok(await page.locator("[name=visibility][value=public]").isDisabled());
  assert.ok(await page.getByText("Impossible de répondre au client").isVisible());
  assert.ok(await page.getByText("Prévenir les collègues par courriel").isVisible());
  assert.ok(!(await page.locator("#f-to_user").isVisible()));
  await page.getByText("Message privé", { exact: true }).click();
  assert.ok(await page.locator("#f-to_user").isVisible());
  assert.ok(!(await page.getByText("Prévenir les collègues par courriel").isVisible()));
  await page.fill("#f-requester_email", "jeanne@client.fr");
  await page.press("#f-requester_email", "Tab");
  await page.waitForResponse(/\/edit$/);
  await page.reload();
  assert.ok(await page.locator("[name=visibility][value=public]").isChecked());
  assert.ok(await page.getByText("n’est pas envoyée à jeanne@client.fr").isVisible(), "no sender is configured here");
  await done();
});

test("R39: a preview without leaving the page, and links that are only links", async () => {
  const { page, done } = await loggedIn();
  await newTicket(page, "Aperçu");
  await page.fill("#f-body", "**gras** [ici](javascript:alert(1)) <img src=x onerror=alert(1)>\n- un\n- deux");
  await page.getByRole("button", { name: "Aperçu" }).click();
  const preview = page.locator(".composer-preview");
  await preview.getByText("gras").waitFor();
  assert.equal(await preview.locator("strong").innerText(), "gras");
  assert.equal(await preview.locator("a, img").count(), 0);
  assert.equal(await preview.locator("li").count(), 2);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.locator(".thread-body strong").waitFor();
  assert.equal(await page.locator(".thread-body img").count(), 0);
  await done();
});

test("a draft is kept while one types, and is there on another browser", async () => {
  const { page, done } = await loggedIn();
  await newTicket(page, "Brouillon");
  const kept = answer(page, "/draft");
  await page.locator("#f-body").pressSequentially("À moitié");
  await kept;
  await page.waitForTimeout(1500); // what was typed last
  const other = await loggedIn();
  await other.page.goto(page.url());
  assert.equal(await other.page.inputValue("#f-body"), "À moitié");
  await other.page.getByRole("button", { name: "Abandonner le brouillon" }).click();
  await other.page.waitForFunction(() => document.querySelector("#f-body").value === "");
  await other.done();
  await page.fill("#f-body", "Tout");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.locator(".thread-body", { hasText: "Tout" }).waitFor();
  await page.reload();
  assert.equal(await page.inputValue("#f-body"), "");
  await done();
});

test("canned replies are found and inserted", async () => {
  const { page, done } = await loggedIn();
  for (const name of ["Accusé de réception", "Clôture"]) {
    await page.goto(`${desk.url}/admin/canned-replies/new`);
    await page.fill("#f-name", name);
    await page.fill("#f-body", `${name} : {{ref}}`);
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.waitForURL(/canned-replies$/);
  }
  await newTicket(page, "Réponse type");
  await page.fill("#f-body", "Bonjour");
  await page.locator(".composer-canned summary").click();
  const found = page.waitForResponse(/\/canned\?/);
  await page.locator("[name=canned_q]").pressSequentially("cloture");
  await found;
  await page.getByRole("button", { name: "Clôture" }).click();
  await page.waitForFunction(() => document.querySelector("#f-body").value.includes("Clôture"));
  assert.match(await page.inputValue("#f-body"), /^Bonjour\n\nClôture : T\d+-\d+$/);
  await done();
});

// A file as the clipboard and the desktop give it.
const give = (page, selector, type, files) =>
  page.evaluate(([selector, type, files]) => {
    const data = new DataTransfer();
    for (const [name, content, mime] of files) data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name, { type: mime }));
    const target = document.querySelector(selector);
    target.dispatchEvent(type === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
      : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [selector, type, files]);
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("S1-16 S2-27: files by drop, by paste and by choice, several at once, one left out, sent with the message", async () => {
  const { page, done } = await loggedIn();
  await newTicket(page, "Fichiers");
  await page.setInputFiles("#f-file", [{ name: "un.txt", mimeType: "text/plain", buffer: Buffer.from("un") }]);
  await give(page, "#composer", "drop", [["deux.txt", btoa("deux"), "text/plain"], ["trois.txt", btoa("trois"), "text/plain"]]);
  await give(page, "#f-body", "paste", [["image.png", png, "image/png"]]);
  assert.deepEqual(await page.locator("#f-file-list .file-name").evaluateAll((names) => names.map((n) => n.textContent.replace(/ \(.*/, "").replace(/-20.*\.png/, ".png"))),
    ["un.txt", "deux.txt", "trois.txt", "image.png"]);
  await page.getByRole("button", { name: "Retirer deux.txt" }).click();
  await page.getByRole("button", { name: "Envoyer" }).click(); // without a message
  await page.locator(".errors").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("#f-file-list .file-row").length === 3); // the files are still there
  await page.fill("#f-body", "Voici");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.locator(".thread-files").waitFor();
  assert.equal(await page.locator(".thread-files .file").count(), 3);
  assert.equal(await page.locator("#attachments .list-row").count(), 3, "and among the documents");
  await page.waitForTimeout(100); // the page has settled
  assert.equal(await page.locator("#f-file-list .file-row").count(), 0, "what was sent is not chosen again");
  const image = page.locator(".thread-files img");
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".thread-files img").naturalWidth === 1);
  await done();
});

test("S1-16: documents of the ticket are added and deleted; too many and too large are said before they leave", async () => {
  const { page, done } = await loggedIn();
  await newTicket(page, "Documents");
  assert.ok(await page.getByText("Aucun document pour l’instant").isVisible());
  await page.setInputFiles("#f-document", Array.from({ length: 21 }, (_, n) => ({ name: `${n}.txt`, mimeType: "text/plain", buffer: Buffer.from("x") })));
  assert.ok(await page.getByText("Choisissez au plus 20 fichiers à la fois.").isVisible());
  assert.equal(await page.locator("#f-document-list .file-row").count(), 20);
  await page.getByRole("button", { name: "Joindre" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#attachments .list-row").length === 20);
  await page.locator("#f-document").evaluate((control) => { control.dataset.mostBytes = "10"; });
  await page.setInputFiles("#f-document", [{ name: "gros.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(11) }]);
  assert.ok(await page.getByText("gros.bin est trop volumineux").isVisible());
  await page.getByRole("button", { name: "Supprimer 0.txt", exact: true }).click();
  await page.locator("#confirm").getByRole("button", { name: "Supprimer" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#attachments .list-row").length === 19);
  await done();
});

test("everything is there with JavaScript off", async () => {
  const { page, done } = await loggedIn({ javaScriptEnabled: false });
  await newTicket(page, "Sans script");
  await page.fill("#f-body", "**gras**");
  await page.getByRole("button", { name: "Aperçu" }).click();
  assert.equal(await page.locator(".composer-preview strong").innerText(), "gras");
  assert.equal(await page.inputValue("#f-body"), "**gras**");
  await page.getByRole("button", { name: "Garder comme brouillon" }).click();
  await page.waitForURL(/\/tickets\/\d+#h-composer$/);
  assert.equal(await page.inputValue("#f-body"), "**gras**");
  await page.setInputFiles("#f-file", [{ name: "un.txt", mimeType: "text/plain", buffer: Buffer.from("un") }]);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.waitForURL(/#m-\d+$/);
  assert.equal(await page.locator(".thread-files .file").count(), 1);
  await page.setInputFiles("#f-document", [{ name: "deux.txt", mimeType: "text/plain", buffer: Buffer.from("deux") }]);
  await page.getByRole("button", { name: "Joindre" }).click();
  await page.waitForURL(/#h-attachments$/);
  await page.getByRole("button", { name: "Supprimer deux.txt" }).click();
  await page.getByRole("button", { name: "Supprimer" }).click();
  await page.waitForURL(/#h-attachments$/);
  assert.equal(await page.locator("#attachments .list-row").count(), 1);
  await done();
});
