// The list of tickets in a real browser: filters, chips, several at once, columns that are dragged, the chart on the home page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { logIn, openBrowser, startDesk, watchedPage } from "./desk.mjs";

let desk, browser;
before(async () => {
  desk = await startDesk({ tickets: 120 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

const logged_in = async (options) => {
  const watched = await watchedPage(browser, options);
  await logIn(watched.page, desk, "camille");
  return watched;
};

test("S2-30: filters narrow the list, chips take them off", async () => {
  const { context, page, trouble } = await logged_in();
  await page.goto(`${desk.url}/tickets?phase=all`);
  await page.click("details.menu:has(input[name=priority]) > summary");
  await page.check("input[name=priority][value=HIGH]");
  await page.waitForSelector(".filter-chip");
  const priorities = await page.$$eval("#results td[data-label='Priorité']", (cells) => cells.map((cell) => cell.textContent.trim()));
  assert.ok(priorities.length > 0 && priorities.every((text) => text === "Haute"), priorities.join());
  await page.click(".filter-chip .chip-off");
  await page.waitForURL((url) => !url.search.includes("priority"));
  assert.equal(await page.locator(".filter-chip").count(), 0);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("S3-19: take charge in the list, and several at once", async () => {
  const { context, page, trouble } = await logged_in();
  await page.goto(`${desk.url}/tickets?assignee=none`);
  const before_it = await page.locator("button[name=take]").count();
  assert.ok(before_it > 0);
  const id = await page.locator("button[name=take]").first().getAttribute("value");
  await page.locator("button[name=take]").first().click();
  await page.waitForSelector(`button[name=take][value="${id}"]`, { state: "detached" });
  assert.equal(await page.locator("#toasts .notice-success").count(), 1);
  await page.goto(`${desk.url}/tickets`);
  await page.locator("input[name=ids]").nth(0).check();
  await page.locator("input[name=ids]").nth(1).check();
  await page.click(".bulk details > summary");
  await page.selectOption("#b-priority", "URGENT");
  await page.click("button[name=do][value=priority]");
  await page.waitForSelector(".bulk-results");
  assert.match(await page.textContent("#bulk-results"), /2 tickets traités/);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("columns are dragged into order", async () => {
  const { context, page, trouble } = await logged_in();
  await page.goto(`${desk.url}/tickets/columns`);
  const rows = page.locator("[data-sortable=columns] > li");
  const second = await rows.nth(1).getAttribute("data-id");
  const from = await rows.nth(1).locator(".drag-handle").boundingBox(), to = await rows.nth(0).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, to.y + 4, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction((id) => document.querySelector("[data-sortable=columns] > li").dataset.id === id && document.readyState === "complete", second);
  await page.reload();
  assert.equal(await rows.nth(0).getAttribute("data-id"), second);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("S2-31: the pie of the home page is drawn from its table", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { context, page, trouble } = await logged_in({ colorScheme });
    await page.waitForSelector(".chart canvas");
    const inked = await page.$eval(".chart canvas", (canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const colors = new Set();
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) colors.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      return colors.size;
    });
    assert.ok(inked > 2, "slices of several colours");
    assert.equal(await page.getAttribute(".chart canvas", "aria-hidden"), "true");
    assert.ok((await page.locator("table[data-chart] tbody tr").count()) > 2);
    assert.deepEqual(trouble, []);
    await context.close();
  }
});
