import { expect, it } from "vitest";
import { commands, databaseOf, help, readOptions } from "./options.ts";

it.each([
  [["--port", "seventy"], "--port: a number from 0 to 65535"],
  [["--port", "65536"], "--port: a number from 0 to 65535"],
  [["sell"], "there is no sell"],
  [["--database-url", "mysql://x"], "--database-url begins with postgres://"],
  [["enrol-code", "--store", "b", "--terminal", "T01"], "--store: 2 to 4 of A-Z and 0-9"],
  [["enrol-code", "--store", "BJ01"], "--terminal: 2 to 4 of A-Z and 0-9"],
  [["shop", "--store", "BJ01"], "--name-zh: the shop's name in Chinese"],
  [["fill", "--store", "BJ01"], "--from: a folder"],
  [["serve", "rebuild"], "one command at a time"],
  [["--nonsense"], "--nonsense"],
  [["--relay"], "--upstream: head office's address"],
  [["--relay", "--upstream", "http://office.example"], "--upstream: head office's address, https"],
  [["relay", "--upstream", "https://o.example", "--code", "A1"], "--code: ten letters and digits"],
  [["--relay", "--upstream", "https://o.example", "--code", "ABCDE-FGHJK"], "--store: 2 to 4"],
])("%j is answered with what is wrong with it", (args, words) => {
  const read = readOptions(args, {});
  if (read.ok) throw new Error("taken for right");
  expect(read.fault).toContain(words);
});

it("serves on loopback with the embedded database where nothing is said", () => {
  const read = readOptions([], {});
  if (!read.ok || read.value === "help") throw new Error("options");
  expect(read.value).toMatchObject({ command: "serve", host: "127.0.0.1", port: 8460 });
  expect(databaseOf(read.value)).toMatchObject({ kind: "sqlite" });
});

it("is a relay with a shelf of its own, and enrols where a code is given", () => {
  const args = ["--relay", "--upstream", "https://o.example", "--store", "BJ01", "--terminal", "R1"];
  const read = readOptions([...args, "--code", "abcde-fghjk"], {
    HEADOFFICE_DATABASE_URL: "postgres://127.0.0.1/office",
  });
  if (!read.ok || read.value === "help") throw new Error("options");
  const place = { storeCode: "BJ01", terminalId: "R1" };
  expect(read.value).toMatchObject({ command: "relay", enrol: { place, code: "ABCDEFGHJK" } });
  expect(databaseOf(read.value)).toMatchObject({ kind: "sqlite", path: expect.stringMatching(/relay\.db$/) });
  expect(readOptions(args, {})).toMatchObject({ ok: true, value: { command: "relay" } });
});

it("takes the database's URL from the environment, where other users cannot see its password", () => {
  const url = "postgres://office:hush@127.0.0.1/office";
  const read = readOptions(["rebuild"], { HEADOFFICE_DATABASE_URL: url });
  if (!read.ok || read.value === "help") throw new Error("options");
  expect(databaseOf(read.value)).toEqual({ kind: "postgres", url });
});

it("explains every command", () => {
  expect(readOptions(["--help"], {})).toEqual({ ok: true, value: "help" });
  for (const command of commands) expect(help).toContain(`\n  ${command} `);
});
