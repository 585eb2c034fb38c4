// PostgreSQL's statement log of one page (standard input) -> a pgbench script (first argument) that sends the
// same statements with the same parameters, and (standard output) the search path they begin with. Where the page
// goes on for another plugin, the script changes the search path as the host does.
import { readFileSync, writeFileSync } from "node:fs";

const all = readFileSync(0, "utf8").split(/\n(?=\d{4}-\d\d-\d\d )/);
// the page has one connection to itself; on the others the host's loops and jobs go on
const connectionOf = (entry) => entry.match(/^\S+ \S+ \S+ \[(\d+)\]/)?.[1];
const background = new Set(all.filter((entry) => /core\.(job_run|process)\b|with due as/i.test(entry)).map(connectionOf));
const entries = all.filter((entry) => !background.has(connectionOf(entry)));
const script = [];
let statement = null;
const parameters = (text) => {
  const values = {};
  for (const [, n, quoted] of text.matchAll(/\$(\d+) = (NULL|'(?:[^']|'')*')/g)) values[n] = quoted;
  return values;
};
for (const entry of entries) {
  const executed = entry.match(/LOG:  duration: [\d.]+ ms  execute [^:]*: ([\s\S]*)/);
  if (executed) {
    if (statement) script.push(statement);
    statement = executed[1].trim();
    continue;
  }
  const detail = entry.match(/DETAIL:  parameters: ([\s\S]*)/);
  if (detail && statement) {
    const values = parameters(detail[1]);
    statement = statement.replace(/\$(\d+)/g, (whole, n) => values[n] ?? whole);
  }
}
if (statement) script.push(statement);

const identity = /^select set_config\('role', .*?set_config\('search_path', '([^']*)'/s;
// session look-ups are cached, and the rest belongs to the host's own loops
const notOfThePage = /^begin\b|^commit\b|set_config|pg_notify|core\.(session|job|event|mail|mail_sender|plugin|process|registry_generation)\b|^with due as/i;
const steps = [];
let path = null;
for (const sql of script) {
  const change = sql.match(identity);
  if (change) path = change[1];
  else if (!notOfThePage.test(sql)) steps.push({ path: path ?? "core", sql: `${sql.replace(/\s+/g, " ").replace(/;?$/, "")};` });
}
const first = steps[0]?.path ?? "core";
const lines = [];
let current = first;
for (const step of [...steps, { path: first }]) {
  if (step.path !== current) lines.push(`select set_config('search_path', '${step.path}', false);`);
  current = step.path;
  if (step.sql) lines.push(step.sql);
}
writeFileSync(process.argv[2], lines.join("\n") + "\n");
console.log(first);
