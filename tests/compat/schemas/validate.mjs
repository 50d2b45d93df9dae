// Holds the artifacts of one run against dbt's published schemas: node validate.mjs SCHEMAS FOLDER
// Prints JSON: for each document that is there, how many of its parts were checked and what is wrong with them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";

const documents = {
  "manifest.json": "manifest/v12.json",
  "run_results.json": "run-results/v6.json",
  "catalog.json": "catalog/v1.json",
  "sources.json": "sources/v3.json",
};

const [schemas, folder] = process.argv.slice(2);
const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

/** What is wrong with a value, without the noise of alternatives that were not meant. */
function problems(validate, value, prefix) {
  if (validate(value)) {
    return [];
  }

  const errors = validate.errors;
  const choices = errors.filter((error) => error.keyword === "anyOf");
  const isInside = (error, choice) => error.schemaPath.startsWith(`${choice.schemaPath}/`);
  // An alternative that is of another type was not meant.
  const isUnmeant = (error) =>
    error.keyword === "type" &&
    choices.some((choice) => isInside(error, choice) && error.instancePath === choice.instancePath);
  const meant = errors.filter((error) => !isUnmeant(error));
  // Of "any of these" what failed within one says more than that none fitted.
  return meant
    .filter((error) => error.keyword !== "anyOf" || !meant.some((other) => isInside(other, error)))
    .map((error) => ({
      path: prefix + error.instancePath,
      cause: `${error.message}${error.params.additionalProperty ? ` (${error.params.additionalProperty})` : ""}`,
    }));
}

/** A check of values that may be of several kinds: each is held against the alternatives of its own. */
function byKind(alternatives) {
  const kinds = new Map();
  for (const part of alternatives) {
    const type = part.properties.resource_type;
    for (const kind of type.const ? [type.const] : type.enum) {
      kinds.set(kind, [...(kinds.get(kind) ?? []), part]);
    }
  }

  const compiled = new Map();
  return (value, path) => {
    const kind = value.resource_type;
    if (!kinds.has(kind)) {
      return [{ path, cause: `nothing here is of the kind ${kind}` }];
    }

    if (!compiled.has(kind)) {
      compiled.set(kind, kinds.get(kind).map((part) => ajv.compile(part)));
    }

    return compiled
      .get(kind)
      .map((validate) => problems(validate, value, path))
      .sort((left, right) => left.length - right.length)[0];
  };
}

function check(schema, document) {
  const { nodes, disabled } = schema.properties;
  if (!disabled) {
    return problems(ajv.compile(schema), document, "");
  }

  const { $id, ...rest } = schema;
  const any = { type: "object" };
  const outline = ajv.compile({ ...rest, properties: { ...schema.properties, nodes: any, disabled: any } });
  const node = byKind(nodes.additionalProperties.anyOf);
  const off = byKind(
    (disabled.anyOf ?? [disabled]).flatMap((part) => part.additionalProperties?.items.anyOf ?? [])
  );
  return [
    ...problems(outline, document, ""),
    ...Object.entries(document.nodes).flatMap(([id, value]) => node(value, `/nodes/${id}`)),
    ...Object.entries(document.disabled).flatMap(([id, values]) =>
      values.flatMap((value, index) => off(value, `/disabled/${id}/${index}`))
    ),
  ];
}

const report = {};
for (const [name, schema] of Object.entries(documents)) {
  const path = join(folder, name);
  if (existsSync(path)) {
    report[name] = check(read(join(schemas, "dbt", schema)), read(path));
  }
}

console.log(JSON.stringify(report));
