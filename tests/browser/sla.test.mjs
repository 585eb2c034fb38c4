// Service levels in a browser: a policy is made and tried, the ticket counts down, the list of deadlines, the next ticket, the report.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { logIn, openBrowser, settled, startDesk, watchedPage } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let desk, browser, key;
before(async () => {
  desk = await startDesk({ tickets: 60 });
  key = desk.guichet("apikey", "add", "--user", "admin").trim();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function loggedIn(options = {}) {
  const { context, page, trouble } = await watchedPage(browser, options);
  await logIn(page, desk, "admin");
  const done = async () => {
    await context.close();
    assert.deepEqual(trouble.filter((t) => !t.includes("status of 422")), []);
  };
  return { page, done };
}

async function api(method, path, body) {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path} ${answer.status}`);
  return answer.json();
}

test("S3-10, S3-26 to S3-28: a policy is typed, refused beside what is wrong, tried, stored and moved", async () => {
  const { page, done } = await loggedIn();
  await page.goto(`${desk.url}/admin/sla`);
  await page.getByRole("link", { name: "Ajouter une charte" }).click();
  await page.fill("[name=name]", "Clients clés");
  await page.fill("[name='first_response.amount']", "vite");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Il faut un nombre entier.").first().waitFor();
  assert.equal(await page.inputValue("[name='first_response.amount']"), "vite");
  await page.fill("[name='first_response.amount']", "1");
  await page.selectOption("[name=min_priority]", "HIGH");
  await page.fill("[name='levels.0.amount']", "80");
  await page.check("[name='levels.0.notify'][value=manager]");
  await page.getByRole("button", { name: "Voir l’effet" }).click();
  await page.getByText("Rien n’est encore enregistré.").waitFor();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.waitForURL(`${desk.url}/admin/sla`);
  const names = () => page.locator("#policies .list-row-main a").allInnerTexts();
  assert.equal((await names()).at(-1), "Clients clés");
  await page.getByRole("button", { name: "Monter Clients clés" }).click();
  await settled(page);
  assert.equal((await names()).at(-2), "Clients clés");
  await done();
});

test("6.2, 6: a calendar says when something that is opened now would be due", async () => {
  const { page, done } = await loggedIn();
  await page.goto(`${desk.url}/admin/sla/calendars/new`);
  await page.fill("[name=name]", "Alsace");
  await page.selectOption("[name=holidays]", "FR-ALS");
  await page.fill("[name=mon]", "9h-12h, 14h-18h");
  await page.getByRole("button", { name: "Essayer" }).click();
  await page.getByText("à 2 jours ouvrés").waitFor();
  assert.equal(await page.inputValue("[name=holidays]"), "FR-ALS");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("link", { name: "Alsace" }).click();
  assert.equal(await page.inputValue("[name=mon]"), "09:00-12:00, 14:00-18:00");
  await done();
});

test("S3-29: the ticket counts down, pauses with words, and the next one is a click away", async () => {
  const ticket = await api("POST", "/tickets", { subject: "Serveur en panne", priority: "URGENT" });
  const { page, done } = await loggedIn();
  await page.clock.install();
  await page.goto(`${desk.url}/tickets/${ticket.id}`);
  const left = page.locator("#sla-card [data-sla-left]").first();
  const first = await left.innerText();
  assert.match(first, /^Reste /);
  await page.clock.runFor(10 * 60 * 1000);
  assert.notEqual(await left.innerText(), first);
  await page.getByText("priorité Urgente ou plus").waitFor();
  await api("PATCH", `/tickets/${ticket.id}`, { status: "CUSTOMER" });
  await page.goto(`${desk.url}/tickets/${ticket.id}`);
  await page.getByText(/En pause, reste/).first().waitFor();
  await page.getByRole("link", { name: "Ticket suivant" }).click();
  await page.waitForURL(/\/tickets\/\d+$/);
  assert.ok(!page.url().endsWith(`/${ticket.id}`));
  await done();
});

test("axe finds nothing, and nothing is wider than the screen: desktop and phone, light and dark, French and English", async () => {
  const paths = ["/sla/late", "/sla/late?view=all", "/tickets", "/admin/sla", "/admin/sla/policies/1", "/admin/sla/calendars/1", "/sla/report", "/sla/report?by=month", "/sla/breaches", "/tickets/1", "/"];
  for (const look of [
    { viewport: { width: 1440, height: 900 }, locale: "fr-FR" },
    { viewport: { width: 390, height: 844 }, locale: "fr-FR", colorScheme: "dark" },
    { viewport: { width: 1280, height: 844 }, locale: "en-GB" },
  ]) {
    const { page, done } = await loggedIn(look);
    if (look.locale === "en-GB") await page.goto(`${desk.url}/?lang=en`);
    for (const path of paths) {
      await page.goto(desk.url + path);
      await settled(page);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document.querySelector("#sla-card") ?? document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`), [], `${look.locale} ${path}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide at ${look.viewport.width}`);
      if (process.env.GUICHET_PICTURES) await page.screenshot({ path: `${process.env.GUICHET_PICTURES}/${look.locale}-${look.viewport.width}${look.colorScheme ?? ""}${path.replaceAll(/[/?=&]/g, "_")}.png`, fullPage: true });
    }
    await done();
  }
});
