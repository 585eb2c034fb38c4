// PostgreSQL's statement log of one page (standard input) -> a pgbench script (first argument) that sends the
// same statements with the same parameters.
import { readFileSync, writeFileSync } from "node:fs";

const entries = readFileSync(0, "utf8").split(/\n(?=\d{4}-\d\d-\d\d )/);
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
// session look-ups are cached, the identity switch is no work of the page, and the rest belongs to the host's own loops
const notOfThePage = /^begin\b|^commit\b|set_config|pg_notify|core\.(session|job|event|mail|mail_sender|plugin|process|registry_generation)\b|^with due as/i;
const work = script.filter((sql) => !notOfThePage.test(sql));
writeFileSync(process.argv[2], work.map((sql) => sql.replace(/\s+/g, " ").replace(/;?$/, ";")).join("\n") + "\n");
