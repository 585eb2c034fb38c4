// Pages that several packages share, as their users see them: slots, tabs, columns, actions, search.
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
  desk = await startDesk({ packages: ["packages", "guest-packages"] });
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
    assert.deepEqual(trouble, []);
  };
  return { page, context, done };
}

test("a lazy widget comes after the page, tabs load alone and can be gone back to", async () => {
  const { page, done } = await open();
  await page.goto(`${desk.url}/guest?status=open`);
  await page.getByText("later: open").waitFor();
  await page.locator("#tab-guest\\.two").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "this page" }).nth(1).waitFor();
  assert.equal(new URL(page.url()).search, "?status=open&tab=guest.two");
  assert.equal(await page.locator("#tab-guest\\.two").getAttribute("aria-current"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-guest.two");
  assert.equal(await page.getByText("good & open").count(), 1); // the rest of the page stayed
  await page.goBack();
  await page.getByText("content one").waitFor();
  await done();
});

test("without JavaScript tabs, lazy widgets, search and actions on several rows work", async () => {
  const { page, done } = await open({ javaScriptEnabled: false });
  await page.goto(`${desk.url}/guest?status=open`);
  await page.getByRole("link", { name: "Later & more" }).click();
  await page.getByText("later: open").waitFor();
  await page.locator("#tab-guest\\.two").click();
  assert.equal(await page.getByText("content one").count(), 0);
  await page.locator(".sidebar [name=q]").fill("morvan");
  await page.locator(".sidebar [name=q]").press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Boulangerie Morvan/ }).first().waitFor();
  await page.goto(`${desk.url}/accounts`);
  await page.locator(".bulk-box").nth(0).check();
  await page.locator(".bulk-box").nth(2).check();
  await page.locator(".bulk summary").click();
  await page.getByRole("button", { name: "Mark", exact: true }).click();
  await page.getByText("Marked.").first().waitFor();
  assert.equal(await page.getByText("Marked.").count(), 2);
  await done();
});

test("the search is reached with / and walked through with the arrows", async () => {
  const { page, done } = await open();
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("/");
  await page.keyboard.type("morvan");
  const hit = page.locator(".search-found .search-hit", { hasText: "Boulangerie Morvan" }).first();
  await hit.waitFor();
  await page.screenshot({ path: join(pictures, "guest-search-box.png") });
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("search-hit")));
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".search-found .search-hit").count(), 0);
  await page.fill("main [name=q]", "a/b"); // "/" is a character where one types
  assert.equal(await page.inputValue("main [name=q]"), "a/b");
  await done();
});

test("an action on several rows asks, and says above the list what became of each", async () => {
  const { page, done } = await open();
  await page.goto(`${desk.url}/accounts`);
  await page.locator("[data-check-all]").check();
  const all = await page.locator(".bulk-box").count();
  assert.equal(await page.locator("[data-checked=bulk]").innerText(), String(all));
  await page.locator(".bulk summary").click();
  await page.getByRole("button", { name: "Mark", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mark" }).click();
  await page.locator("#bulk-results").getByText("Marked.").first().waitFor();
  assert.equal(await page.locator("#bulk-results").getByText("Marked.").count(), all);
  await page.locator(".bulk summary").click();
  await page.getByRole("button", { name: "Mark", exact: true }).click();
  await page.getByRole("dialog").waitFor(); // the second time it asks again
  await page.keyboard.press("Escape");
  await done();
});

test("numbers come beside the menu entries after the page", async () => {
  const { page, done } = await open();
  await page.goto(`${desk.url}/guest/other`);
  await page.locator(".sidebar [data-badge='guest.menu']").getByText(/\d/).waitFor();
  assert.match(await page.locator(".sidebar .side-link", { hasText: "Guest" }).first().innerText(), /à traiter/);
  await done();
});

test("axe finds nothing, and nothing is wider than the screen: desktop, laptop, phone in the dark", async () => {
  const pages = ["/guest", "/accounts", "/accounts?sort=-guest.score&guest.color=red", "/accounts/1", "/search?q=morvan", "/tickets"];
  const { page, done } = await open();
  for (const [name, width, scheme] of [["desktop", 1440, "light"], ["laptop", 1024, "light"], ["phone", 390, "dark"]]) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of pages) {
      await page.goto(desk.url + path);
      await page.waitForLoadState("networkidle");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${path} at ${width}`);
      await page.screenshot({ path: join(pictures, `guest-${name}-${path.replace(/[^a-z0-9]+/gi, "_")}.png`), fullPage: true });
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
      assert.deepEqual(found.violations.map((v) => `${path} ${name}: ${v.id} ${v.nodes.map((n) => n.target).join(" ")}`), []);
    }
  }
  await done();
});
