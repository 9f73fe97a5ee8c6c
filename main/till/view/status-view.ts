import type { StatusView } from "#contract/ipc/status-view.ts";
import type { PersonView, SessionView, ShiftView, ShopView } from "#contract/ipc/till-view.ts";
import type { TillContext } from "#main/till/context.ts";
import { lookView } from "#main/till/settings/look-view.ts";
import { permissionFor } from "#main/till/permission.ts";
import { takesWechat } from "#main/till/payment-state.ts";

export function shopView(till: TillContext): ShopView {
  const look = lookView(till);
  const { config, demoPins, isWechatBroken } = till.deps;
  return {
    nameZh: config.store.nameZh,
    nameEn: config.store.nameEn,
    terminalId: config.terminalId,
    locale: till.state.locale,
    utcOffsetMinutes: config.store.utcOffsetMinutes,
    isDemo: demoPins.size > 0,
    isTraining: till.deps.isTraining === true,
    takesWechat: takesWechat(till.deps),
    isWechatBroken: isWechatBroken === true,
    hasPrinter: hasPrinter(till),
    hasDrawer: config.devices.printer?.drawer !== undefined,
    ...(look === undefined ? {} : { look }),
  };
}

/** Whether what is printed comes out on paper; a virtual printer keeps it for the screen. */
export function hasPrinter(till: TillContext): boolean {
  const { printer } = till.deps.config.devices;
  return printer !== undefined && printer.transport.kind !== "virtual";
}

export function peopleView(till: TillContext): readonly PersonView[] {
  return till.deps.store.listPinRecords().map(({ cashier, lockedUntilMs, pinHash }) => ({
    id: cashier.id,
    name: cashier.name,
    role: cashier.role,
    demoPin: till.deps.demoPins.get(cashier.id) ?? null,
    lockedUntilMs,
    hasPin: pinHash !== "",
    hasShownBadge: till.state.badgeShown === cashier.id,
  }));
}

export function sessionView(till: TillContext): SessionView | null {
  const { cashier, isLocked } = till.state;
  if (cashier === null) return null;
  const seesReports = permissionFor(till, { kind: "see-reports" }) === "yes";
  return { cashierId: cashier.id, name: cashier.name, role: cashier.role, isLocked, seesReports };
}

export function shiftView(till: TillContext): ShiftView | null {
  const { shift } = till.state;
  if (shift === null) return null;
  const { shiftId, openedAt, openedByName, businessDate, floatFen } = shift;
  return { shiftId, openedAtMs: Date.parse(openedAt), openedByName, businessDate, floatFen };
}

export function statusView(till: TillContext): StatusView {
  return {
    devices: till.state.deviceStatuses,
    drawer: till.state.isDrawerOpen === null ? null : till.state.isDrawerOpen ? "open" : "closed",
    receiptsWaiting: till.deps.receipts.status().waiting,
    gateway: till.state.gateway,
    journalWaiting: till.deps.store.journalStatus().waiting,
  };
}
