// Each preset as the document of its source system tells it, from top to bottom, in French.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, logIn, openBrowser, settled, startDesk, watchedPage } from "./desk.mjs";

const pictures = join(build, "pictures");
let browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await openBrowser();
});
after(() => browser?.close());

async function withPreset(preset, walk) {
  const desk = await startDesk({ tickets: 40 });
  const opened = [];
  const logInAs = async (login = "admin", options = {}) => {
    const { context, page, trouble } = await watchedPage(browser, options);
    opened.push({ context, trouble });
    await logIn(page, desk, login);
    return page;
  };
  try {
    desk.guichet("deploy", preset);
    await walk(desk, logInAs);
    for (const { trouble } of opened) assert.deepEqual(trouble.filter((t) => !/ERR_ABORTED|status of (403|409|422)/.test(t)), []);
  } finally {
    for (const { context } of opened) await context.close();
    await desk.stop();
  }
}

// What is saved at once: the answer has come before the next step.
const saved = async (page, action, path = "/edit") => {
  const answer = page.waitForResponse((a) => a.request().method() === "POST" && new URL(a.url()).pathname.endsWith(path));
  await action();
  assert.ok((await answer).status() < 400, path);
  await settled(page);
};
const choose = (page, field, option) => saved(page, () => page.selectOption(`#f-${field}`, option));
const chosen = (page, field) => page.locator(`#f-${field} option:checked`).textContent();
const step = (page, label, path) => saved(page, () => page.locator("#ticket-head").getByRole("button", { name: label, exact: true }).click(), path);
const openAccount = async (desk, page, name = "Boulangerie Morvan") => {
  await page.goto(`${desk.url}/accounts?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).first().click();
  await page.waitForURL(/\/accounts\/\d+$/);
};
const addTicket = async (desk, page, fields) => {
  await page.goto(`${desk.url}/tickets/new`);
  for (const [name, value] of Object.entries(fields)) {
    const control = page.locator(`#f-${name.replaceAll(".", "\\.")}`);
    if ((await control.evaluate((e) => e.tagName)) === "SELECT") await control.selectOption(value);
    else await control.fill(value);
  }
  await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
};
const statuses = (page) => page.locator("#f-status option").allTextContents();

test("koban: the administrator sets customer service up (S0), then a user follows a ticket (S1)", async () => {
  await withPreset("koban", async (desk, logInAs) => {
    const page = await logInAs();

    // 01: access by profile
    desk.guichet("plugin", "list");
    await page.goto(`${desk.url}/admin/profiles`);
    await page.getByRole("link", { name: "Agent", exact: true }).click();
    for (const verb of ["read", "create", "update", "delete"]) await page.selectOption(`[id="f-tickets.ticket.${verb}"]`, { label: /TOUTES/i }).catch(() => page.locator(`[id="f-tickets.ticket.${verb}"]`).selectOption({ index: verb === "create" ? 1 : 3 }));
    await page.locator(".sticky-actions").getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Le profil est enregistré").waitFor();
    const hugo = await logInAs("hugo");
    await hugo.getByRole("navigation").getByRole("link", { name: /^Tickets/ }).first().waitFor();

    // 02: the types; 03: the priorities, filled in already
    await page.goto(`${desk.url}/admin/lists`);
    await page.getByRole("link", { name: /Types? de ticket/ }).click();
    for (const type of ["Utilisation", "Bug"]) {
      await page.fill("#f-fr", type);
      await page.getByRole("button", { name: "Ajouter", exact: true }).click();
      await page.locator(`input[name=fr][value="${type}"]`).waitFor();
    }
    await page.goto(`${desk.url}/admin/lists`);
    await page.getByRole("link", { name: /Priorités? des? tickets?/ }).click();
    const first = page.locator(".entry-input[lang=fr]").first();
    assert.equal(await first.inputValue(), "Basse");
    await saved(page, async () => { await first.fill("Peut attendre"); await first.press("Tab"); }, await first.evaluate((e) => new URL(e.form.action).pathname));

    // 04: the widget on the account card, arranged by type of account
    await page.goto(`${desk.url}/admin/arrangement?slot=directory.account.main&variant=customer`);
    await page.getByText("Tickets du compte").waitFor();
    await openAccount(desk, page);
    await page.getByRole("heading", { name: /^Tickets/ }).waitFor();

    // 05: who is alerted
    await page.goto(`${desk.url}/tickets/alerts`);
    await page.selectOption("#f-user", { label: "Camille Lefèvre" });
    await page.getByRole("button", { name: "Ajouter" }).click();
    await page.selectOption("#f-user", { label: "Inès Benali" });
    await page.getByRole("button", { name: "Ajouter" }).click();
    assert.deepEqual((await page.locator(".list-row-main").allInnerTexts()).map((t) => t.split("\n")[0].trim()), ["Camille Lefèvre", "Inès Benali"]);
    await page.fill("#f-address", "support@client.example");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Les alertes sont enregistrées").waitFor();

    // 06: the counter
    await page.goto(`${desk.url}/admin/counters/tickets.ticket?by=mask`);
    await page.fill("#f-mask", "TICK-{yy}{mm}-{0000}");
    await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
    if (await page.getByRole("button", { name: "Enregistrer quand même" }).count()) await page.getByRole("button", { name: "Enregistrer quand même" }).click();

    // 07: the creation form, custom fields, their order
    for (const [label, code, inForm] of [["Matériel concerné", "materiel", true], ["Version du logiciel", "version_logiciel", false]]) {
      await page.goto(`${desk.url}/admin/fields/new?object=tickets.ticket&type=text`);
      await page.fill("#f-label_fr", label);
      await page.fill("#f-code", code);
      await page.locator("[name=in_form]").setChecked(inForm);
      await page.locator("[name=more_info]").setChecked(!inForm);
      await page.getByRole("button", { name: "Enregistrer" }).click();
      await page.waitForURL(/done=saved/);
    }
    await page.goto(`${desk.url}/admin/forms?object=tickets.ticket`);
    await saved(page, () => page.locator("#shown-severity").uncheck(), "/admin/forms");
    await saved(page, () => page.locator("#mandatory-priority").check(), "/admin/forms");
    await saved(page, () => page.locator('[id="up-custom.materiel"]').click(), "/admin/forms");
    await page.screenshot({ path: join(pictures, "koban-form.png"), fullPage: true, caret: "initial" });
    await page.goto(`${desk.url}/tickets/new`);
    assert.equal(await page.locator("#f-severity").count(), 0);

    // S1-1: from the card of an account, and not from a lead
    await openAccount(desk, hugo);
    await hugo.getByText("Ajouter un ticket").first().click();
    await hugo.fill("#f-ticket-subject", "Le four ne chauffe plus");
    await hugo.selectOption("#f-ticket-priority", "HIGH");
    await hugo.getByRole("button", { name: "Ajouter et ouvrir" }).click();
    await hugo.waitForURL(/\/tickets\/\d+$/);
    const ticket = hugo.url();
    await openAccount(desk, page, "Studio Nadir");
    assert.equal(await page.locator("#f-ticket-subject").count(), 0);

    // 2.1: number and title
    await hugo.getByText(/TICK-\d{4}-\d{4}/).first().waitFor();
    await hugo.fill("#f-subject", "Le four du fournil ne chauffe plus");
    await saved(hugo, () => hugo.press("#f-subject", "Enter"));
    // 2.2: status and priority
    assert.deepEqual(await statuses(hugo), ["Ouvert", "En cours", "En attente du client", "Fermé"]);
    assert.equal(await chosen(hugo, "status"), "Ouvert");
    await choose(hugo, "status", "PENDING");
    await choose(hugo, "priority", "URGENT");
    // 2.4: the comment
    await hugo.getByText("Modifier la description").click();
    await hugo.fill("#f-description", "Depuis **ce matin**.");
    await saved(hugo, () => hugo.locator("section", { has: hugo.locator("#f-description") }).getByRole("button", { name: "Enregistrer" }).click());
    // 2.5: contact, contract, type, other fields, creation
    await hugo.reload();
    await hugo.locator("#f-contact_id").click();
    await hugo.locator(".list-row", { hasText: "Yann Morvan" }).getByRole("button", { name: "Choisir" }).click();
    await hugo.waitForURL(ticket);
    await choose(hugo, "type", { label: "Bug" });
    await hugo.fill('[id="f-custom.materiel"]', "Four n° 2");
    await saved(hugo, () => hugo.press('[id="f-custom.materiel"]', "Tab"));
    await hugo.getByText("Plus d’infos").click();
    assert.ok(await hugo.getByLabel("Version du logiciel").isVisible());
    await hugo.getByText("Création et dernière modification").click();
    assert.match(await hugo.locator("#h-details ~ *, section:has(#h-details)").first().innerText(), /Hugo Marchand/);
    // 2.6: documents
    await hugo.locator("#attachments input[type=file]").first().setInputFiles([{ name: "four.txt", mimeType: "text/plain", buffer: Buffer.from("E42") }]);
    if (await hugo.locator("#attachments").getByRole("button", { name: "Joindre" }).isVisible()) await hugo.locator("#attachments").getByRole("button", { name: "Joindre" }).click();
    await hugo.getByRole("link", { name: "four.txt" }).first().waitFor();

    // 2.7: the stopwatch serves when the ticket has a contract; its time is validated (S1-17, S1-18)
    await hugo.goto(ticket);
    await hugo.getByRole("button", { name: "Lancer le chronomètre" }).click();
    await hugo.getByText("Reliez d’abord un contrat au ticket").waitFor();
    const headers = { Authorization: `Bearer ${desk.guichet("apikey", "add", "--user", "admin").trim()}`, "Content-Type": "application/json" };
    const { account_id } = await (await fetch(`${desk.url}/api/v1${new URL(ticket).pathname}`, { headers })).json();
    const contract = JSON.stringify({ account_id, label: "Assistance du fournil", status: "running" });
    assert.equal((await fetch(`${desk.url}/api/v1/contracts`, { method: "POST", headers, body: contract })).status, 201);
    await hugo.goto(ticket);
    await hugo.locator("#f-contract_id").click();
    await hugo.locator(".list-row", { hasText: "Assistance du fournil" }).getByRole("button", { name: "Choisir" }).click();
    await hugo.waitForURL(ticket);
    await hugo.getByRole("button", { name: "Lancer le chronomètre" }).click();
    await hugo.getByText("Depuis le").waitFor();
    await hugo.getByRole("button", { name: "Arrêter" }).click();
    await hugo.fill("#f-day", "2025-06-02");
    await hugo.fill("#f-from", "09:00");
    await hugo.fill("#f-to", "09:50");
    await hugo.getByRole("button", { name: "Enregistrer" }).click();
    await hugo.locator(".list-row", { hasText: "50\u00a0min" }).waitFor();

    // 3: a message to one colleague, on his home page and on nobody else's
    await hugo.goto(ticket);
    await hugo.locator("#f-visibility").getByText("Message privé").click();
    await hugo.selectOption("#f-to_user", { label: "Inès Benali" });
    await hugo.fill("#f-body", "Peux-tu passer demain ?");
    await hugo.getByRole("button", { name: "Envoyer" }).click();
    await hugo.locator(".thread-body", { hasText: "Peux-tu passer demain" }).waitFor();
    const ines = await logInAs("ines");
    await ines.locator("section", { has: ines.locator("#h-inbox") }).getByRole("link", { name: /Hugo Marchand, TICK-/ }).click();
    await ines.locator(".thread-body", { hasText: "Peux-tu passer demain" }).waitFor();
    await page.goto(ticket);
    assert.equal(await page.getByText("Peux-tu passer demain").count(), 0, "not even for administrators");

    // 4: the customer is answered
    await hugo.locator("#f-visibility").getByText("Réponse au client").click();
    await hugo.fill("#f-body", "Un technicien vient demain.");
    await hugo.getByRole("button", { name: "Envoyer" }).click();
    await hugo.locator(".thread-out .thread-body", { hasText: "Un technicien vient demain." }).waitFor();
    await hugo.screenshot({ path: join(pictures, "koban-ticket.png"), fullPage: true, caret: "initial" });

    // 2.3: closed, and deleted after a question
    await step(hugo, "Fermer", "/close");
    assert.equal(await chosen(hugo, "status"), "Fermé");
    await hugo.locator("#ticket-head").getByRole("button", { name: "Supprimer" }).click();
    await hugo.locator("#confirm").getByRole("button", { name: "Annuler" }).click();
    assert.equal((await hugo.request.get(ticket)).status(), 200);
    await hugo.locator("#ticket-head").getByRole("button", { name: "Supprimer" }).click();
    await hugo.locator("#confirm").getByRole("button", { name: "Supprimer" }).click();
    await hugo.waitForURL(/\/tickets(\?.*)?$/);
    assert.equal((await hugo.request.get(ticket)).status(), 404);
  });
});

test("doliplus: requests for assistance, from the call to the closing (S2)", async () => {
  await withPreset("doliplus", async (desk, logInAs) => {
    const admin = await logInAs(), page = await logInAs("hugo");

    // 2.1: after a call; the tab of the account
    await addTicket(desk, page, { subject: "Caisse bloquée", description: "Appel de M. Morvan", type: "INCIDENT", category: "HARDWARE", channel: "phone" });
    const ticket = page.url();
    // 2.2, 2.3: properties and statuses; whoever opens it has read it
    assert.deepEqual((await statuses(page)).filter((s) => ["Non lu", "Lu", "Assigné", "Clôturé", "Effacé"].includes(s)), ["Non lu", "Lu", "Assigné", "Clôturé", "Effacé"]);
    assert.equal(await chosen(page, "status"), "Lu");
    const details = page.locator("section", { has: page.locator("#h-details") });
    assert.match(await details.innerText(), /[0-9a-f]{40}/, "tracking id");
    await details.getByText("Création et dernière modification").click();
    assert.match(await details.innerText(), /Première lecture[\s\S]*après/);
    await page.locator("#f-account_id").click();
    await page.fill("#q", "morvan");
    await page.locator(".list-row", { hasText: "Boulangerie Morvan" }).getByRole("button", { name: "Choisir" }).click();
    await page.waitForURL(ticket);
    await choose(page, "severity", { index: 1 });
    await choose(page, "progress", { index: 3 }).catch(() => {});
    // 2.17: read, assigned to a technician
    await choose(page, "assignee", { label: "Inès Benali" });
    assert.equal(await chosen(page, "status"), "Assigné");
    // 2.11: messages, newest first
    for (const text of ["Premier message", "Second message"]) {
      await page.locator("#f-visibility").getByText("Note d’équipe").click();
      await page.fill("#f-body", text);
      await page.getByRole("button", { name: "Envoyer" }).click();
      await page.locator(".thread-body", { hasText: text }).waitFor();
    }
    assert.deepEqual((await page.locator(".thread-body").allInnerTexts()).map((t) => t.trim()), ["Second message", "Premier message"]);
    // 2.12: history
    await choose(page, "category", "SOFTWARE");
    await step(page, "Fermer", "/close");
    assert.equal(await chosen(page, "status"), "Clôturé");
    await page.goto(`${ticket}?history=all`);
    const history = await page.locator("section", { has: page.locator("#h-history") }).innerText();
    for (const word of [/Lu/, /Inès Benali/, /Catégorie/, /Clôturé/]) assert.match(history, word);
    await page.screenshot({ path: join(pictures, "doliplus-ticket.png"), fullPage: true, caret: "initial" });
    // 2.1: the card of the customer has the history of its tickets
    await openAccount(desk, page);
    await page.getByRole("link", { name: "Caisse bloquée" }).waitFor();
    // 2.13: the list, searched in the names of companies and in subjects
    for (const q of ["morvan", "caisse"]) {
      await page.goto(`${desk.url}/tickets?phase=all&q=${q}`);
      await page.getByRole("link", { name: "Caisse bloquée" }).first().waitFor();
    }
    // 2.14: the pie on the home page
    await page.goto(desk.url);
    await page.getByRole("heading", { name: /par état/ }).waitFor();
    // 3: dictionaries, custom fields IN and OUT
    for (const list of ["tickets.type", "tickets.category", "tickets.severity"]) assert.equal((await admin.goto(`${desk.url}/admin/lists/${list}`)).status(), 200);
    for (const [label, audience] of [["Bâtiment", "internal"], ["Numéro de contrat", "both"]]) {
      await admin.goto(`${desk.url}/admin/fields/new?object=tickets.ticket&type=text`);
      await admin.fill("#f-label_fr", label);
      await admin.selectOption("#f-audience", audience);
      await admin.getByRole("button", { name: "Enregistrer" }).click();
      await admin.waitForURL(/done=saved/);
    }
    await admin.goto(`${desk.url}/admin/forms?object=tickets.ticket&audience=public`);
    const open = await admin.locator("#form-items").innerText();
    assert.match(open, /Numéro de contrat/);
    assert.doesNotMatch(open, /Bâtiment/);
  });
});

test("axelor: a request is opened, taken, started, resolved and closed for ever (S3)", async () => {
  await withPreset("axelor", async (desk, logInAs) => {
    const page = await logInAs("hugo");

    // Create: of a lead as well; type and priority; New
    await openAccount(desk, page, "Studio Nadir");
    await page.getByText("Ajouter un ticket").first().click();
    await page.fill("#f-ticket-subject", "Question avant l’achat");
    await page.selectOption("#f-ticket-type", { index: 1 });
    await page.getByRole("button", { name: "Ajouter et ouvrir" }).click();
    await page.waitForURL(/\/tickets\/\d+$/);
    const ticket = page.url();
    assert.equal(await chosen(page, "status"), "Nouveau");
    assert.notEqual(await page.inputValue("#f-started_at"), "", "begins now unless said otherwise");
    await page.fill("#f-due_at", "2030-01-31T18:00");
    await saved(page, () => page.locator("#f-due_at").blur());
    // Tip: shown to the customer
    await step(page, "Confier au client", "/assign_to_customer");
    await page.locator("#ticket-head").getByText("Visible par le client").waitFor();
    // Info: taken in charge from the list, a second person in charge
    await page.goto(`${desk.url}/tickets?assignee=none&q=achat`);
    await saved(page, () => page.locator("tr", { hasText: "Question avant l’achat" }).getByRole("button", { name: "Prendre en charge" }).click(), "/tickets/bulk");
    await page.goto(ticket);
    assert.equal(await chosen(page, "assignee"), "Hugo Marchand");
    await choose(page, "in_charge", { label: "Camille Lefèvre" });
    // Follow: started, progress, resolved, closed
    await step(page, "Démarrer", "/start");
    assert.equal(await chosen(page, "status"), "En cours");
    await choose(page, "progress", "50");
    await step(page, "Résoudre", "/resolve");
    await page.getByText("Résolu", { exact: true }).first().waitFor();
    await page.screenshot({ path: join(pictures, "axelor-ticket.png"), fullPage: true, caret: "initial" });
    await step(page, "Fermer", "/close");
    await page.reload();
    assert.equal(await page.locator("#f-status").count(), 0, "closed is read-only");
    assert.equal(await page.getByRole("button", { name: "Rouvrir" }).count(), 0);
    // Menus
    await page.goto(`${desk.url}/tickets`);
    const views = (await page.locator(".views a").allInnerTexts()).map((t) => t.replace(/\s*\d+\+?$/, "").trim());
    for (const view of ["En cours", "Les miens", "Mes équipes", "Sans responsable", "En retard", "Tous"]) assert.ok(views.includes(view), `${view} in ${views}`);
  });
});

test("guichet: the superset, each phase of a ticket and back again", async () => {
  await withPreset("guichet", async (desk, logInAs) => {
    const page = await logInAs("ines");
    await addTicket(desk, page, { subject: "Badge refusé à l’entrée", type: "INCIDENT", priority: "HIGH" });
    const ticket = page.url();
    assert.deepEqual(
      (await statuses(page)).map((s) => s.trim()),
      ["Nouveau", "Lu", "Attribué", "En cours", "En attente du client", "En attente d’un tiers", "Résolu", "Fermé", "Annulé"],
    );
    // read by who opens it first, assigned by who takes it
    await page.reload();
    assert.match(await chosen(page, "status"), /Nouveau|Lu/);
    const other = await logInAs("hugo");
    await other.goto(ticket);
    await other.reload();
    assert.equal(await chosen(other, "status"), "Lu");
    await step(other, "Prendre en charge", "/take");
    assert.equal(await chosen(other, "status"), "Attribué");
    assert.equal(await chosen(other, "assignee"), "Hugo Marchand");
    await step(other, "Démarrer", "/start");
    assert.equal(await chosen(other, "status"), "En cours");
    // waiting, for the customer and for somebody else
    for (const [status, code] of [["En attente du client", "CUSTOMER"], ["En attente d’un tiers", "ON_HOLD"]]) {
      await choose(other, "status", { label: status });
      await other.goto(`${desk.url}/tickets?phase=all&status=${code}&q=badge`);
      await other.getByRole("link", { name: "Badge refusé" }).first().waitFor();
      await other.goto(ticket);
    }
    await step(other, "Résoudre", "/resolve");
    assert.equal(await chosen(other, "status"), "Résolu");
    await step(other, "Fermer", "/close");
    assert.equal(await chosen(other, "status"), "Fermé");
    // closed is not for ever here
    await step(other, "Rouvrir", "/reopen");
    assert.equal(await chosen(other, "status"), "En cours");
    await choose(other, "status", { label: "Annulé" });
    await other.goto(`${desk.url}/tickets?q=badge`);
    assert.equal(await other.getByRole("link", { name: "Badge refusé" }).count(), 0, "a cancelled ticket is in no list of work");
    await other.goto(`${ticket}?history=all`);
    const history = await other.locator("section", { has: other.locator("#h-history") }).innerText();
    for (const word of [/Lu/, /Attribué/, /En cours/, /En attente du client/, /Résolu/, /Fermé/, /Annulé/]) assert.match(history, word);
    await other.screenshot({ path: join(pictures, "guichet-ticket.png"), fullPage: true, caret: "initial" });
  });
});
