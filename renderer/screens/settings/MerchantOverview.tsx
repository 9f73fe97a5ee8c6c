import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconInfoCircle,
  IconShieldLock,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SetupView } from "#contract/ipc/setup-view.ts";
import { Press } from "../../parts/Press.tsx";
import { ConnectionTest } from "./ConnectionTest.tsx";
import { MerchantFacts } from "./MerchantFacts.tsx";
import { SettingsNote } from "./SettingsNote.tsx";
import { useSettingsText } from "./settings-texts.ts";

/** What the till is set up with now, never a secret of it; and everything that can be done about it. */
export function MerchantOverview(props: {
  readonly view: SetupView;
  readonly done: "saved" | "imported" | null;
  readonly trouble: ReactNode;
  readonly onBegin: () => void;
  readonly onDiscard: () => void;
  readonly onImport: () => void;
  readonly onReopen: () => void;
  readonly onTest: () => void;
  readonly onCancelTest: () => void;
}) {
  const { view, done, trouble, onBegin } = props;
  const { now, off, draft, shop } = view;
  const text = useSettingsText();
  const state = now === null ? "none" : off === null ? "on" : "off";
  return (
    <div className="settings-scroll">
      <div className="settings-head">
        <h2>{text("page.wechat")}</h2>
        <span className={`settings-state settings-state-${state}`} data-testid="merchant-state" data-state={state}>
          {text(`state.${state}`)}
        </span>
        <span className="settings-grow" />
        {draft !== null && <Press onClick={props.onDiscard}>{text("discard")}</Press>}
        <Press tone="primary" data-testid="setup-begin" onClick={onBegin}>
          {text(draft !== null ? "continue" : now === null ? "set-up" : "change")}
        </Press>
      </div>
      {trouble}
      {done !== null && <SettingsNote tone="good" icon={IconCircleCheck} testId="setup-done" sentence={text(done)} />}
      {shop === "demo" && (
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("demo")} next={text("demo.next")} />
      )}
      {draft !== null && (
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("begun")} next={text("begun.next")} />
      )}
      {off !== null && <OffNote off={off} onReopen={props.onReopen} />}
      {now === null ? (
        <>
          <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("none")} next={text("none.next")} />
          <WhatIsNeeded />
        </>
      ) : (
        <>
          <MerchantFacts now={now} />
          {off === null && (
            <section className="settings-card">
              <h3>{text("test")}</h3>
              <ConnectionTest of="now" onRun={props.onTest} onCancel={props.onCancelTest} />
            </section>
          )}
          {off === null && <KeysCard view={view} keys={now.keys} onImport={props.onImport} />}
        </>
      )}
    </div>
  );
}

/** What a person fetches before sitting down to it. */
function WhatIsNeeded() {
  const text = useSettingsText();
  const needs = ["numbers", "archive", "public-key", "address"] as const;
  return (
    <section className="settings-card">
      <h3>{text("need")}</h3>
      <ul className="settings-needs">
        {needs.map((need) => (
          <li key={need}>
            <IconCircleDashed size={22} aria-hidden />
            {text(`need.${need}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OffNote({ off, onReopen }: { readonly off: NonNullable<SetupView["off"]>; readonly onReopen: () => void }) {
  const text = useSettingsText();
  const key = off.kind === "key-wrong" ? text(`key.${off.slot}`) : "";
  const why = off.kind === "key-wrong" ? `${text(`wrong.${off.problem}`)} ` : "";
  return (
    <SettingsNote
      tone="grave"
      icon={IconAlertTriangle}
      testId="merchant-off"
      sentence={text(`off.${off.kind}`, { key })}
      next={`${why}${text("off.next")}`}
    >
      <Press data-testid="setup-reopen" onClick={onReopen}>
        {text("off.reopen")}
      </Press>
    </SettingsNote>
  );
}

/** Where the keys are, how safe they are there, and the way to have the till keep them. */
function KeysCard(props: { readonly view: SetupView; readonly keys: "files" | "kept"; readonly onImport: () => void }) {
  const { guard, shop } = props.view;
  const text = useSettingsText();
  const isKept = props.keys === "kept";
  return (
    <section className="settings-card" data-testid="keys-card">
      <h3>
        <IconShieldLock size={22} aria-hidden /> {text("keys")}
      </h3>
      <p>{text(isKept ? `keys.kept.${guard}` : "keys.files")}</p>
      {!isKept && shop === "real" && <p className="settings-soft">{text("keys.files.next")}</p>}
      {guard === "account" && (isKept || shop === "real") && (
        <p className="settings-warning" data-testid="no-key-store">
          <IconAlertTriangle size={20} aria-hidden /> {text("keys.account")}
        </p>
      )}
      {!isKept && shop === "real" && (
        <Press data-testid="setup-import" onClick={props.onImport}>
          {text("keys.import")}
        </Press>
      )}
    </section>
  );
}
