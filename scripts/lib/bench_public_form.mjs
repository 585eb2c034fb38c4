// Sends the public form of BASE: "submit" at several connections, "same ADDRESS" beside an unknown one, "one ADDRESS" once.
import http from "node:http";

const [mode, address] = process.argv.slice(2);
const base = new URL(process.env.BASE);

function call(agent, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body ? { "Content-Type": "multipart/form-data; boundary=b", "Content-Length": Buffer.byteLength(body) } : {};
    const request = http.request({ host: base.hostname, port: base.port, method, path, agent, headers: { "Accept-Language": "fr", ...headers } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => { text += part; }).on("end", () => resolve({ status: answer.statusCode, text }));
    });
    request.on("error", reject).end(body);
  });
}

const multipart = (fields) => `${Object.entries(fields).map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--b--\r\n`;

// Milliseconds of one answer; the form is fetched before.
async function send(agent, email) {
  const page = await call(agent, "GET", "/public/new");
  const form = /name="form" value="([^"]+)"/.exec(page.text)[1];
  const body = multipart({ form, website: "", email, name: "Claire Morel", subject: "Imprimante en panne", description: "Depuis ce matin, rien ne sort." });
  const start = performance.now();
  const answer = await call(agent, "POST", "/public/new", body);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text.slice(0, 2000)}`);
  return performance.now() - start;
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const percentile = (times, p) => sorted(times)[Math.min(times.length - 1, Math.floor((times.length * p) / 100))];

async function at(connections, seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const end = performance.now() + seconds * 1000;
  let n = 0;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) times.push(await send(agent, `n${n++}@example.org`));
  }));
  agent.destroy();
  return times;
}

if (mode === "one") await send(new http.Agent(), address);
if (mode === "submit") {
  console.log(["page", "connections", "submits/s", "p50_ms", "p99_ms"].map((cell, i) => (i ? cell.padStart(12) : cell.padEnd(14))).join(""));
  await at(1, 1);
  const seconds = Number(process.env.SECONDS_EACH);
  for (const connections of [1, 8, 32]) {
    const times = await at(connections, seconds);
    const cells = [connections, (times.length / seconds).toFixed(0), percentile(times, 50).toFixed(1), percentile(times, 99).toFixed(1)];
    console.log(["form submit".padEnd(14), ...cells.map((cell) => String(cell).padStart(12))].join(""));
  }
}
if (mode === "same") {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const lost = async (email) => {
    const body = new URLSearchParams({ email, ref: "" }).toString();
    const start = performance.now();
    await new Promise((resolve, reject) => http.request({ host: base.hostname, port: base.port, method: "POST", path: "/public/lost", agent,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length } }, (answer) => answer.resume().on("end", resolve)).on("error", reject).end(body));
    return performance.now() - start;
  };
  for (const [name, ask] of [["form", (email) => send(agent, email)], ["lost link", lost]]) {
    const known = [], unknown = [];
    for (let i = 0; i < Number(process.env.PAIRS); ++i) { // in turn, so that both see the same machine
      known.push(await ask(address));
      unknown.push(await ask(`nobody${i}@nowhere.example`));
    }
    const [a, b] = [percentile(known, 50), percentile(unknown, 50)];
    console.log(`${name}: median of a known address ${a.toFixed(2)} ms, of an unknown one ${b.toFixed(2)} ms, apart ${Math.abs(a - b).toFixed(2)} ms`);
  }
  agent.destroy();
}
