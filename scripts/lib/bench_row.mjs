// wrk's report (standard input) and pgbench's rate -> one row of the table. The rate of pgbench counts one
// run of all statements of the page.
import { readFileSync } from "node:fs";

const [name, connections, raw] = process.argv.slice(2);
const report = readFileSync(0, "utf8");
const ms = (text) => {
  const [, value, unit] = text.match(/([\d.]+)(us|ms|s)/);
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit];
};
const rate = Number(report.match(/Requests\/sec:\s+([\d.]+)/)[1]);
const percentile = (p) => ms(report.match(new RegExp(`\\s${p}%\\s+(\\S+)`))[1]).toFixed(2);
const cells = [rate.toFixed(0).padStart(12), percentile(50).padStart(9), percentile(99).padStart(9), Number(raw).toFixed(0).padStart(14), (rate / Number(raw)).toFixed(2).padStart(7)];
console.log(name.padEnd(12), connections.padStart(11), ...cells);
