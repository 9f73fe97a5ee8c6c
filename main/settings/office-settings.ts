import { type TerminalConfig, terminalConfigSchema } from "#contract/config/terminal.ts";

const { footerZh, footerEn, address, phone } = terminalConfigSchema.shape.store.shape;

/** What head office may set of a shop, by its path in terminal.json; whatever else it sends is kept and not used. */
const known = { footerZh, footerEn, address, phone } as const;

export type OfficeStore = Partial<Pick<TerminalConfig["store"], keyof typeof known>>;

/** What head office has set of the shop. A value that terminal.json would not take changes nothing. */
export function officeStore(settings: ReadonlyMap<string, string | number | boolean>): OfficeStore {
  const given = Object.entries(known).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(settings.get(`store.${name}`));
    // A default would stand in for what head office has not said.
    return parsed.success && settings.has(`store.${name}`) ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(given);
}

/** The configuration with head office's settings over it. */
export function withOfficeStore(config: TerminalConfig, set: OfficeStore): TerminalConfig {
  return Object.keys(set).length === 0 ? config : { ...config, store: { ...config.store, ...set } };
}
