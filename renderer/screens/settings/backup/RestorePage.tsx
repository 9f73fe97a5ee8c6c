import { Checkbox } from "@mantine/core";
import { IconArchive, IconDatabaseImport, IconLoader2 } from "@tabler/icons-react";
import { useState } from "react";
import type { DryRun } from "#contract/backup/dry-run.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { fen } from "#core/money/fen.ts";
import { formatClock, formatIsoDay, formatMoney } from "../../../i18n/formats.ts";
import { localName, useClockPlace, useLocale } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { useKeys } from "../../../till/keys.ts";
import { send } from "../../../till-client.ts";
import { ManagerPinDialog } from "../people/ManagerPinDialog.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { useBackupText } from "./backup-texts.ts";

/** A dry run in figures, and the one key that makes it true: by a manager's PIN, after which the till starts again. */
export function RestorePage({ dryRun, onLeave }: { readonly dryRun: DryRun; readonly onLeave: () => void }) {
  const text = useBackupText();
  const [step, setStep] = useState<"read" | "pin" | "restarting">("read");
  const [withGoods, setWithGoods] = useState(false);
  useKeys("screen", (event) => {
    if (event.key !== "Escape" || step !== "read") return false;
    onLeave();
    return true;
  });
  const restore = async (approvalPin: string): Promise<IntentFault | null> => {
    const answer = await send("restore-backup", { approvalPin, withGoods });
    if (!answer.ok) return answer.fault;
    setStep("restarting");
    return null;
  };
  return (
    <div className="settings-scroll" data-testid="restore-page">
      <div className="settings-head">
        <h2>{text("dry.title")}</h2>
      </div>
      {step === "restarting" ? (
        <SettingsNote
          tone="plain"
          icon={IconLoader2}
          testId="restore-restarting"
          sentence={text("restore.restarting")}
        />
      ) : (
        <SettingsNote tone="plain" icon={IconArchive} sentence={text("dry.nothing-yet")} next={text("dry.aside")} />
      )}
      <div className="backup-pair">
        <BackCard dryRun={dryRun} />
        <HereCard dryRun={dryRun} />
      </div>
      <Consequences dryRun={dryRun} />
      {dryRun.goods === "may-bring" && (
        <Checkbox
          size="md"
          className="backup-goods"
          data-testid="restore-goods"
          label={text("dry.goods")}
          description={text("dry.goods.stay")}
          checked={withGoods}
          onChange={(event) => setWithGoods(event.currentTarget.checked)}
        />
      )}
      <div className="backup-acts">
        <Press data-testid="restore-leave" disabled={step === "restarting"} onClick={onLeave}>
          {text("back")}
        </Press>
        <Press tone="primary" data-testid="restore" disabled={step === "restarting"} onClick={() => setStep("pin")}>
          <IconDatabaseImport size={22} aria-hidden />
          {text("restore")}
        </Press>
      </div>
      {step === "pin" && (
        <ManagerPinDialog words={text("restore.confirm")} onPin={restore} onClose={() => setStep("read")} />
      )}
    </div>
  );
}

function BackCard({ dryRun: { back, nextSaleNumber } }: { readonly dryRun: DryRun }) {
  const text = useBackupText();
  const locale = useLocale();
  const place = useClockPlace();
  const shop = localName({ nameZh: back.shopZh, nameEn: back.shopEn }, locale);
  const facts = [
    ["dry.shop", `${shop} · ${back.terminalId}`],
    ["dry.until", `${formatIsoDay(back.journalAtMs, place)} ${formatClock(back.journalAtMs, place)}`],
    ["dry.sales", String(back.saleCount)],
    ["dry.last", back.lastSaleNumber ?? "—"],
    ["dry.next", nextSaleNumber],
  ] as const;
  return (
    <section className="settings-card" data-testid="restore-back">
      <h3>{text("dry.back")}</h3>
      <Facts facts={facts.map(([key, value]) => [text(key), value])} />
    </section>
  );
}

function HereCard({ dryRun: { here } }: { readonly dryRun: DryRun }) {
  const text = useBackupText();
  if (here === null) {
    return (
      <section className="settings-card" data-testid="restore-here">
        <h3>{text("dry.here")}</h3>
        <p>{text("dry.here.unreadable")}</p>
        <p>{text("dry.jump")}</p>
      </section>
    );
  }
  const { lostSales, lostSalesFen, lostRefunds } = here;
  const lost =
    lostSales === 0
      ? text("dry.lost.none")
      : text("dry.lost.value", { count: lostSales, amount: formatMoney(fen(lostSalesFen)) });
  const facts: (readonly [string, string])[] = [
    [text("dry.sales"), String(here.saleCount)],
    [text("dry.last"), here.lastSaleNumber ?? "—"],
    [text("dry.lost"), lost],
  ];
  if (lostRefunds > 0) facts.push([text("dry.lost.refunds"), String(lostRefunds)]);
  return (
    <section className="settings-card" data-testid="restore-here" data-lost={lostSales}>
      <h3>{text("dry.here")}</h3>
      <Facts facts={facts} />
    </section>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="settings-facts figures">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="backup-wrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What else is so afterwards, a sentence each. */
function Consequences({ dryRun }: { readonly dryRun: DryRun }) {
  const text = useBackupText();
  const { officeHasMore, pins, firstManager, isNewMachine, goods } = dryRun;
  const sentences = [
    officeHasMore === null
      ? text("dry.office.unknown")
      : officeHasMore > 0
        ? text("dry.office.more", { count: officeHasMore })
        : null,
    pins === "same" ? text("dry.pins.same") : text("dry.pins.new", { name: firstManager ?? "" }),
    isNewMachine ? text("dry.machine") : null,
    goods === "must-bring" ? text("dry.goods.must") : null,
    text("dry.printing"),
  ].filter((sentence) => sentence !== null);
  return (
    <ul className="settings-card backup-consequences">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
