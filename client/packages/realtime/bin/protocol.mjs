#!/usr/bin/env node
// Writes the types of a server's records: `spotter-protocol [address or file of asyncapi.json] [file to write]`.
import { writeFile } from "node:fs/promises";
import { description } from "./description.mjs";
import { typesOf } from "./types.mjs";

const [source = "http://localhost:5555", file = "src/protocol.ts"] = process.argv.slice(2);
try {
  await writeFile(file, typesOf(await description(source)));
  console.log(`Wrote ${file}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
