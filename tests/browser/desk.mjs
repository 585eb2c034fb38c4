// A whole desk for a browser: its own PostgreSQL cluster, the built program on a free port, the demo data.
import { chromium } from "playwright-core";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const source = process.env.GUICHET_SOURCE;
export const build = process.env.GUICHET_BUILD;
export const password = "un mot de passe long";

export const openBrowser = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });

// A page, and what goes wrong on it: script errors and what the browser complains about, CSP violations included.
export async function watchedPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("console", (message) => message.type() === "error" && trouble.push(`${message.text()} (${page.url()})`));
  return { context, page, trouble };
}

export async function logIn(page, desk, login = "admin") {
  await page.goto(`${desk.url}/login`);
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", password);
  await page.press("[name=password]", "Enter");
  await page.waitForURL(`${desk.url}/`);
}

// What htmx has asked for is in the page.
export const settled = (page) => page.waitForFunction(() => !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling"));

const shell = (script, environment = {}) =>
  execFileSync("bash", ["-euo", "pipefail", "-c", `cd "$0" && source scripts/lib/postgres.sh && ${script}`, source], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();

export async function startDesk({ tickets = 60, packages = ["packages"] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "guichet-browser-"));
  const cluster = join(folder, "postgres");
  execFileSync("chmod", ["755", folder]);
  shell('pg_create "$CLUSTER" && pg_start "$CLUSTER"', { CLUSTER: cluster });
  const port = shell("free_port");
  const environment = {
    ...process.env,
    GUICHET_DATABASE_URL: readFileSync(join(cluster, "url"), "utf8"),
    GUICHET_STATE: join(folder, "state"),
    GUICHET_LISTEN: `127.0.0.1:${port}`,
    GUICHET_ADMIN_PASSWORD: password,
    GUICHET_PACKAGES: packages.map((folder) => join(build, folder)).join(":"),
  };
  const guichet = (...words) => execFileSync(join(build, "guichet"), words, { env: environment, encoding: "utf8" });
  guichet("demo", "--tickets", String(tickets));
  const server = spawn(join(build, "guichet"), ["serve"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; ++tries) {
    const ready = await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (tries > 600 || server.exitCode !== null) throw new Error("the desk does not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    if (server.exitCode === null && server.kill("SIGTERM")) await gone;
    shell('pg_stop "$CLUSTER" || true', { CLUSTER: cluster });
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, guichet, stop, environment, program: join(build, "guichet") };
}
