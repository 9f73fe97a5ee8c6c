import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { terminalConfigSchema, type TerminalConfig } from "#contract/config/terminal.ts";
import { checkLabelTemplate, type LabelTemplate } from "#core/barcode/label-template.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { problemsOf, type ConfigProblem } from "#main/settings/config-fault.ts";

/** No till's description is longer; a file that is, is something else. Bytes. */
const mostBytes = 1_048_576;

export interface ConfigFault {
  readonly file: string;
  readonly problems: readonly ConfigProblem[];
}

/** Reads `terminal.json` of a data directory; null where there is none. Key files and the logo become absolute paths. */
export function readTerminalConfig(dataDir: string): Result<TerminalConfig | null, ConfigFault> {
  const file = join(dataDir, "terminal.json");
  if (!existsSync(file)) return ok(null);
  const text = readText(file);
  if (!text.ok) return fail({ file, problems: [text.fault] });
  const json = parseJson(text.value);
  if (!json.ok) return fail({ file, problems: [json.fault] });
  // Read once in a start: making a program of each schema would take longer than walking them.
  const parsed = terminalConfigSchema.safeParse(json.value, { jitless: true });
  if (!parsed.success) return fail({ file, problems: problemsOf(parsed.error, json.value) });
  const unreadable = (parsed.data.labelTemplates ?? []).flatMap(problemOfTemplate);
  if (unreadable.length > 0) return fail({ file, problems: unreadable });
  return ok(withAbsoluteLogo(withAbsoluteKeyFiles(parsed.data, dataDir), dataDir));
}

/** What the schema cannot say: the parts of a pattern must fit together. */
function problemOfTemplate(template: LabelTemplate, index: number): readonly ConfigProblem[] {
  const checked = checkLabelTemplate(template);
  if (checked.ok) return [];
  const why = checked.fault.problem;
  return [
    { path: `labelTemplates.${index}`, zh: `标签格式有误：${why}`, en: `not a label this till can read: ${why}` },
  ];
}

function readText(file: string): Result<string, ConfigProblem> {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > mostBytes) return fail({ path: "", zh: "文件过大", en: "the file is too large" });
    return ok(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail({ path: "", zh: `无法读取：${why}`, en: `cannot be read: ${why}` });
  }
}

function parseJson(text: string): Result<unknown, ConfigProblem> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const where = placeOf(why, text);
    return fail({ path: "", zh: `不是有效的 JSON${where}：${why}`, en: `not valid JSON${where}: ${why}` });
  }
}

/** V8 names an offset; people look for a line. */
function placeOf(message: string, text: string): string {
  const offset = /position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return "";
  const before = text.slice(0, Number(offset)).split("\n");
  return ` (${before.length}:${(before.at(-1)?.length ?? 0) + 1})`;
}

function withAbsoluteKeyFiles(config: TerminalConfig, dataDir: string): TerminalConfig {
  const { wechatPay } = config;
  if (wechatPay === undefined) return config;
  // Empty means there is none, and not the data directory itself.
  const absolute = (file: string): string => (file === "" ? "" : resolve(dataDir, file));
  const files = {
    privateKeyFile: absolute(wechatPay.privateKeyFile),
    publicKeyFile: absolute(wechatPay.publicKeyFile),
    certificateFile: absolute(wechatPay.certificateFile),
    apiV3KeyFile: absolute(wechatPay.apiV3KeyFile),
    v2KeyFile: absolute(wechatPay.v2KeyFile),
  };
  return { ...config, wechatPay: { ...wechatPay, ...files } };
}

function withAbsoluteLogo(config: TerminalConfig, dataDir: string): TerminalConfig {
  const { devices } = config;
  const { printer } = devices;
  if (printer === undefined || printer.logo === "") return config;
  return { ...config, devices: { ...devices, printer: { ...printer, logo: resolve(dataDir, printer.logo) } } };
}
