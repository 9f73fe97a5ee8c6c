// The import table of the house, over the whole graph. Type-only imports count: a layer that knows another's types
// knows the other. Tests beside sources may import anything and are looked at only for what nobody may do.
const test = String.raw`\.test\.tsx?$`;
const layers = [
  "core",
  "contract",
  "preload",
  "renderer",
  "main",
  "native",
  "simulators",
  "tables",
  "wechatpay",
  "headoffice",
];

/** `from` may import only what matches one of `allowed`; npm packages and Node's modules included. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: test },
  to: { pathNot: allowed },
});

/** Only `users` may import `target`. Measurements and tests may look at anything. */
const soleUser = (name, target, users) => ({
  name,
  severity: "error",
  from: { pathNot: [...users, "^(?:tests|bench|scripts|tools)/", test] },
  to: { path: target },
});

const npm = (...names) => names.map((name) => `(?:^|/)node_modules/(?:@types/)?${name}/|^${name}$`);
const node = { dependencyTypesNot: ["core"] };

const onlyWithNode = (...rule) => {
  const made = only(...rule);
  return { ...made, to: { ...made.to, ...node } };
};

export default {
  forbidden: [
    only("core-is-pure", "^core/", ["^core/"], "No npm package, no Node: time, ids and random numbers are arguments."),
    only("contract-knows-core-and-zod", "^contract/", ["^contract/", "^core/", ...npm("zod")]),
    only("preload-is-thin", "^preload/", ["^preload/", "^contract/(?:ipc|bench)/", "^core/", ...npm("electron")]),
    {
      name: "renderer-is-a-web-page",
      comment: "Pure functions of core, types of contract, packages for the browser. Never Node, Electron or main.",
      severity: "error",
      from: { path: "^renderer/", pathNot: test },
      to: {
        path: [
          "^(?:main|native|preload|simulators|tables|wechatpay|scripts|bench|tests|tools)/",
          ...npm("electron", "better-sqlite3", "serialport", "zod"),
        ],
      },
    },
    {
      name: "renderer-has-no-node",
      severity: "error",
      from: { path: "^renderer/", pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "renderer-sees-types-of-contract",
      severity: "error",
      from: { path: "^renderer/", pathNot: test },
      to: { path: "^contract/", dependencyTypesNot: ["type-only"] },
    },
    onlyWithNode(
      "native-knows-devices-only",
      "^native/",
      [
        "^native/",
        "^core/(?:quantity|barcode|picture)/",
        "^core/result\\.ts$",
        "^contract/(?:devices|config)/",
        ...npm("serialport", "@serialport/[^/]+", "node-thermal-printer", "iconv-lite", "bwip-js", "pngjs", "zod"),
      ],
      "No Electron, no database, no business.",
    ),
    {
      name: "main-knows-the-client-of-native",
      comment: "The device host is another process; main talks to it by native/client.ts and its messages.",
      severity: "error",
      from: { path: "^main/", pathNot: test },
      to: { path: ["^(?:renderer|preload|scripts|bench|tests|tools)/", "^native/(?!client)"] },
    },
    {
      name: "app-alone-sees-simulators",
      severity: "error",
      from: { path: "^main/(?!app\\.ts$|demo/)", pathNot: test },
      to: { path: "^simulators/" },
    },
    {
      name: "till-knows-ports-only",
      comment: "The use cases declare ports; app.ts passes the real things in.",
      severity: "error",
      from: { path: "^main/till/", pathNot: test },
      to: {
        path: [
          "^main/(?:store|payments|printing|ipc|window|sync|app|bills|jobs|worker)",
          "^(?:native|wechatpay)/",
          ...npm("electron", "better-sqlite3"),
        ],
      },
    },
    {
      name: "worker-knows-no-key-and-no-network",
      comment: "It reads files and sales.db; what the gateway is asked, and with which key, is main's alone.",
      severity: "error",
      from: { path: "^main/worker/", pathNot: test },
      to: {
        path: ["^main/(?:payments/wechat|ipc|window|secret|start|app)", "^wechatpay/", ...npm("electron")],
      },
    },
    {
      name: "app-is-the-top",
      severity: "error",
      from: { pathNot: [test, "^(?:tests|bench|scripts)/"] },
      to: { path: "^main/app\\.ts$" },
    },
    onlyWithNode(
      "simulators-share-nothing-with-the-product",
      "^simulators/",
      ["^simulators/", "^contract/", ...npm("zod", "iconv-lite", "bwip-js")],
      "A mistake made on both sides would cancel out.",
    ),
    {
      name: "head-office-knows-core-and-wire",
      comment:
        "It meets the till on the wire only. Its web page is a world of its own: renderer code of theirs, no Node.",
      severity: "error",
      from: { path: "^headoffice/", pathNot: test },
      to: {
        path: ["^(?:main|native|preload|simulators|scripts|bench|tests|tools)/", ...npm("electron", "serialport")],
      },
    },
    onlyWithNode(
      "tables-know-core-and-formats",
      "^tables/",
      ["^tables/", "^core/", ...npm("iconv-lite", "read-excel-file", "write-excel-file")],
      "Files of rows, for the till's worker and head office alike: what the rows mean is core's.",
    ),
    onlyWithNode(
      "wechatpay-knows-core-and-the-wire",
      "^wechatpay/",
      ["^wechatpay/", "^core/", ...npm("zod")],
      "What the gateway is told and believed, for the till and head office alike: no port, no store, no set-up of theirs.",
    ),
    {
      name: "nobody-imports-head-office",
      severity: "error",
      from: { pathNot: ["^headoffice/", "^(?:tests|bench|scripts)/", test] },
      to: { path: "^headoffice/" },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { path: `^(?:${layers.join("|")})/`, pathNot: test },
      to: { path: ["^(?:tests|bench|scripts|tools)/", test] },
    },
    {
      name: "journal-checker-is-a-stranger",
      comment: "It knows docs/JOURNAL.md and Node: a mistake made on both sides would cancel out.",
      severity: "error",
      from: { path: "^scripts/verify-journal/", pathNot: test },
      to: { path: [`^(?:${layers.join("|")}|tests|bench)/`, "^scripts/(?!verify-journal/)"] },
    },
    soleUser("store-alone-uses-sqlite", "node_modules/better-sqlite3/", ["^main/store/", "^headoffice/store/"]),
    soleUser("transport-alone-uses-serialport", "node_modules/(?:serialport|@serialport)/", ["^native/transport/"]),
    soleUser("printer-alone-uses-escpos", "node_modules/node-thermal-printer/", ["^native/printer/"]),
    soleUser("electron-in-main-and-preload", "node_modules/electron/", ["^main/", "^preload/"]),
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans",
      comment: "A file nothing imports and that imports nothing is no part of the product.",
      severity: "error",
      from: { orphan: true, path: `^(?:${layers.join("|")})/`, pathNot: [test, "\\.d\\.ts$", "vite-env"] },
      to: {},
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\?(?:url|raw|worker)$" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(?:out|dist|resources)/|\\.css$" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
      mainFields: ["module", "main", "types"],
    },
  },
};
