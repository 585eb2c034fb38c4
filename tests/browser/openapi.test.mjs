// /api/openapi.json validates as OpenAPI 3.1 and describes every route that answers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { startDesk } from "./desk.mjs";

let desk, document;
before(async () => {
  desk = await startDesk({ tickets: 5 });
  document = await (await fetch(`${desk.url}/api/openapi.json`)).json();
});
after(() => desk?.stop());

test("the document is valid OpenAPI 3.1", async () => {
  assert.match(document.openapi, /^3\.1\./);
  const result = await new Validator().validate(structuredClone(document));
  assert.ok(result.valid, JSON.stringify(result.errors, null, 1));
});

test("every operation has an id of its own, a summary, and answers", () => {
  const ids = new Set();
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const where = `${method} ${path}`;
      assert.ok(operation.operationId, where);
      assert.ok(!ids.has(operation.operationId), `${where}: ${operation.operationId} is used twice`);
      ids.add(operation.operationId);
      assert.ok(operation.summary, where);
      assert.ok(Object.keys(operation.responses).some((code) => code.startsWith("2")), where);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((p) => p.in === "path").map((p) => p.name);
      assert.deepEqual(declared.sort(), named.sort(), where);
    }
  assert.ok(ids.size >= 20, `${ids.size} operations`);
});

test("every reference leads somewhere", () => {
  const visit = (node) => {
    if (node === null || typeof node !== "object") return;
    if (typeof node.$ref === "string") {
      const target = node.$ref.slice(2).split("/").reduce((at, part) => at?.[part], document);
      assert.ok(target, node.$ref);
    }
    Object.values(node).forEach(visit);
  };
  visit(document);
});

test("objects answered have the shape the document promises", async () => {
  const key = desk.guichet("apikey", "add", "--user", "admin").trim();
  for (const path of Object.keys(document.paths).filter((p) => !p.includes("{") && document.paths[p].get)) {
    const answer = await fetch(desk.url + path, { headers: { Authorization: `Bearer ${key}` } });
    assert.equal(answer.status, 200, path);
    const page = await answer.json();
    const operation = document.paths[path].get;
    let schema = operation.responses["200"].content["application/json"].schema;
    const resolve = (s) => (s?.$ref ? s.$ref.slice(2).split("/").reduce((at, part) => at[part], document) : s);
    schema = resolve(schema);
    const single = !schema.properties.items; // an object of its own, such as settings
    const item = single ? schema : resolve(resolve(schema.properties.items).items);
    assert.ok(single || Array.isArray(page.items), path);
    for (const object of single ? [page] : page.items)
      for (const name of Object.keys(object)) assert.ok(item.properties[name], `${path}: ${name} is not in the document`);
  }
});
