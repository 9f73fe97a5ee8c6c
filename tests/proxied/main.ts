import { parseArgs } from "node:util";
import { proxiedCases } from "./cases.ts";
import { installNginx, missingForNginx } from "./nginx.ts";
import { missingForPair } from "./postgres-pair.ts";
import { openScene } from "./scene.ts";
import { standbyCases } from "./standby-cases.ts";

// npm run headoffice:proxied [-- --install] [-- --only WORDS]
//
// Head office as a company with many shops runs it: three instances on one PostgreSQL behind nginx with TLS, by the
// settings in docs/headoffice-nginx.conf; and two instances on a PostgreSQL with a synchronous standby. Instances, the
// primary and the standby die under load. One line for each case; the last line reads `N passed, N failed`, with what was
// skipped and why before it.

const { values } = parseArgs({
  options: {
    install: { type: "boolean", default: false },
    /** Only the cases whose names hold these words. */
    only: { type: "string", default: "" },
  },
});
if (values.install) installNginx();
const isChosen = ([name]: readonly [string, unknown]) => name.includes(values.only);
let [passed, failed] = [0, 0];

const proxied = Object.entries(proxiedCases).filter(isChosen);
const [noNginx] = missingForNginx();
if (noNginx !== undefined) {
  console.log(`skipped: ${noNginx}; npm run headoffice:proxied -- --install brings Debian's`);
} else if (proxied.length > 0) {
  const scene = await openScene();
  for (const [name, run] of proxied) await one(name, () => run(scene));
  await scene.close();
}

const standby = Object.entries(standbyCases).filter(isChosen);
const [noPair] = missingForPair();
if (noPair !== undefined) console.log(`skipped: ${noPair}; apt-get install postgresql-15 brings it`);
else for (const [name, run] of standby) await one(name, run);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function one(name: string, run: () => Promise<void>): Promise<void> {
  const trouble = await run().then(
    () => null,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  if (trouble === null) passed += 1;
  else failed += 1;
  console.log(trouble === null ? `ok      ${name}` : `FAILED  ${name}\n        ${trouble}`);
}
