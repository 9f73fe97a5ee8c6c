import type { DeviceSection } from "#contract/config/device-sections.ts";
import type { DevicesConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DeviceRole } from "#contract/devices/messages.ts";
import type { DeviceSetupFault, DevicesView } from "#contract/ipc/devices-view.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { DeviceClient } from "#main/devices/create-device-client.ts";
import type { Log } from "#main/log/open-log.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { DeviceChange, DeviceSetup } from "#main/till/ports/device-setup.ts";
import { addressOf } from "./address-of.ts";
import { DeviceHistory } from "./device-history.ts";
import { PairingDesk } from "./pairing-desk.ts";
import { isAt, sectionsOf, withDevice, withoutDevice } from "./sections.ts";
import { TraceBuffer } from "./trace-buffer.ts";

interface DeviceSetupParts {
  readonly dataDir: string;
  readonly shop: DevicesView["shop"];
  readonly client: DeviceClient;
  readonly configured: DevicesConfig;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

/** The page asks several times a second; one that is gone is noticed after this. */
const traceMs = 5_000;
/** As terminal.json takes them. */
const mostScanners = 8;

/** The till's devices as a person sets them up: written to terminal.json first, then in use, without a restart. */
export function createDeviceSetup(parts: DeviceSetupParts): DeviceSetup {
  const { client, now, newId } = parts;
  let configured = parts.configured;
  let found: readonly FoundDevice[] = [];
  let tracedUntilMs = 0;
  const history = new DeviceHistory(now);
  const lines = new TraceBuffer();
  const pairing = new PairingDesk({ send: (request) => client.request(request), found: () => found, now, newId });

  history.noteStatuses(client.statuses());
  client.onStatus((statuses) => history.noteStatuses(statuses));
  client.onDown(() => pairing.hostEnded());
  client.onSetup((event) => {
    switch (event.kind) {
      case "found":
        found = event.devices;
        return pairing.pluggedIn();
      case "answer-time":
        return history.noteLatency(event.role, event.deviceId, event.ms);
      case "trace":
        return lines.add(event.line);
      case "pairing":
        return pairing.heard(event.pairingId, event.progress);
    }
  });

  return {
    shop: parts.shop,
    configured: () => configured,
    found: () => found,
    devices: () =>
      sectionsOf(configured).flatMap((section) => {
        const { role, config } = section;
        const status = client.statuses().find((one) => one.role === role && one.deviceId === config.id);
        if (status === undefined) return [];
        const { state, reason, trouble } = status;
        return [{ section, state, reason, trouble, ...history.of(role, config.id) }];
      }),
    save(entered) {
      const sections = sectionsOf(configured);
      const section = withId(entered, sections);
      const { role, config } = section;
      const before = sections.find((one) => (isOnly(role) ? one.role === role : isAt(one, role, config.id))) ?? null;
      const address = addressOf(section);
      const others = sections.filter((one) => one !== before);
      if (address !== null && others.some((one) => addressOf(one) === address)) return fail("device-in-use");
      const count = sections.filter((one) => one.role === role).length;
      if (before === null && !isOnly(role) && count >= mostScanners) return fail("too-many-scanners");
      return rewritten((devices) => withDevice(devices, section), { before, after: section });
    },
    remove(role, deviceId) {
      const before = sectionsOf(configured).find((one) => isAt(one, role, deviceId));
      if (before === undefined) return fail("no-such-device");
      return rewritten((devices) => withoutDevice(devices, role, deviceId), { before, after: null });
    },
    restart(role, deviceId) {
      if (!sectionsOf(configured).some((one) => isAt(one, role, deviceId))) return fail("no-such-device");
      if (!client.request({ kind: "restart-device", role, deviceId })) return fail("devices-away");
      history.note(role, deviceId, "restarted");
      return ok(null);
    },
    pairing: () => pairing.view(),
    pair(at, onFound) {
      const isUsed = at !== null && sectionsOf(configured).some((one) => addressOf(one) === networkAddress(at));
      return isUsed ? fail("device-in-use") : pairing.begin(at, onFound);
    },
    pairedAlready: (deviceId) => pairing.already(deviceId),
    endPairing: () => pairing.end(),
    trace() {
      // Half the time is left for the page to ask again.
      if (tracedUntilMs - now() > traceMs / 2) return;
      tracedUntilMs = now() + traceMs;
      client.request({ kind: "trace", forMs: traceMs });
    },
    endTrace() {
      tracedUntilMs = 0;
      lines.clear();
      client.request({ kind: "trace", forMs: 0 });
    },
    traceAfter: (seq) => lines.after(seq),
    scanAnswered(deviceId, tookMs) {
      history.noteScan(deviceId);
      history.noteLatency("scanner", deviceId, Math.max(0, Math.round(tookMs)));
    },
  };

  /** Nothing is in use that a power cut would take back. */
  function rewritten(
    change: (devices: unknown) => object,
    changed: DeviceChange,
  ): Result<DeviceChange, DeviceSetupFault> {
    const rewrite = prepareRewrite(parts.dataDir, "devices", change);
    if (!rewrite.ok) return unwritten(rewrite.fault);
    const written = rewrite.value.write();
    if (!written.ok) return unwritten(written.fault);
    configured = rewrite.value.config.devices;
    client.configure(configured);
    history.noteStatuses(client.statuses());
    if (changed.after !== null) history.note(changed.after.role, changed.after.config.id, "changed");
    return ok(changed);
  }

  function unwritten(why: string): Result<never, DeviceSetupFault> {
    parts.log.error("terminal.json could not be rewritten", { why });
    return fail(why === "no-file" ? "setup-demo-store" : "setup-file-unwritable");
  }
}

/** A till has as many scanners as it likes, and one of everything else. */
function isOnly(role: DeviceRole): boolean {
  return role !== "scanner";
}

function networkAddress({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.toLowerCase()}:${port}`;
}

/** `new` is no name: the first free one of the role. */
function withId(section: DeviceSection, sections: readonly DeviceSection[]): DeviceSection {
  if (section.config.id !== "new") return section;
  const taken = new Set(sections.map(({ config }) => config.id));
  let number = 1;
  while (taken.has(`${section.role}-${number}`)) number += 1;
  const id = `${section.role}-${number}`;
  // Another id changes nothing of what belongs to the role.
  return { ...section, config: { ...section.config, id } } as DeviceSection;
}
