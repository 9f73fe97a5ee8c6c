import { IconDeviceFloppy } from "@tabler/icons-react";
import { createPortal } from "react-dom";
import { useEffect, useState } from "react";
import type { DraftView, SetupStep, SetupView } from "#contract/ipc/setup-view.ts";
import { Press } from "../../parts/Press.tsx";
import { useSection } from "../../till-client.ts";
import { ConnectionTest } from "./ConnectionTest.tsx";
import { shortSerial } from "./MerchantFacts.tsx";
import { useSettingsText, type SettingsText } from "./settings-texts.ts";
import { isStepGood, steps } from "./steps.ts";
import type { Setup } from "./use-setup.ts";

/** The last step: what was entered is tried, then kept. Until something is missing, only the way to it is shown. */
export function TestStep(props: {
  readonly view: SetupView;
  readonly draft: DraftView;
  readonly run: Setup["run"];
  readonly goTo: (step: SetupStep) => void;
  readonly onSaved: () => void;
}) {
  const { view, draft, run, goTo, onSaved } = props;
  const text = useSettingsText();
  const [isSaving, setSaving] = useState(false);
  const open = steps.filter((step) => step !== "test" && !isStepGood(step, draft));
  const save = async (): Promise<void> => {
    setSaving(true);
    if (await run("setup-save", {})) onSaved();
    setSaving(false);
  };
  if (open.length > 0) return <OpenSteps open={open} goTo={goTo} />;
  return (
    <>
      <DraftFacts draft={draft} />
      <section className="settings-card">
        <h3>{text("test")}</h3>
        <ConnectionTest
          of="draft"
          onRun={() => void run("setup-test", { of: "draft" })}
          onCancel={() => void run("setup-cancel-test", {})}
        />
      </section>
      <SaveKey isDemo={view.shop === "demo"} isSaving={isSaving} onSave={() => void save()} />
    </>
  );
}

function OpenSteps({ open, goTo }: { readonly open: readonly SetupStep[]; readonly goTo: (step: SetupStep) => void }) {
  const text = useSettingsText();
  return (
    <section className="settings-card" data-testid="open-steps">
      <p>{text("test.needs")}</p>
      <div className="key-ways">
        {open.map((step) => (
          <Press key={step} onClick={() => goTo(step)}>
            {text(`step.${step}`)}
          </Press>
        ))}
      </div>
    </section>
  );
}

/** What is about to be tried, to be compared once more with the paper beside the till. */
function DraftFacts({ draft }: { readonly draft: DraftView }) {
  const text = useSettingsText();
  const { fields, certificate } = draft;
  const facts = [
    ["fact.mchid", fields.mchid],
    ["fact.appid", fields.appid],
    ["fact.certSerial", shortSerial(certificate?.serial ?? fields.certSerial)],
    ["fact.gateway", fields.baseUrl],
  ] as const;
  return (
    <section className="settings-card">
      <dl className="settings-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{text(name)}</dt>
            <dd className="figures" lang="zxx">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The one primary key of the step, where every step has it. A test that failed does not forbid it: the line may be down. */
function SaveKey(props: { readonly isDemo: boolean; readonly isSaving: boolean; readonly onSave: () => void }) {
  const text = useSettingsText();
  const test = useSection("connectionTest");
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById("setup-primary")), []);
  if (place === null) return null;
  const verdict = test.kind === "done" && test.of === "draft" ? test.verdict.kind : null;
  const isRunning = test.kind === "running" && test.of === "draft";
  const hint = props.isDemo ? text("demo") : isRunning ? null : hintFor(verdict, text);
  return createPortal(
    <span className="setup-save">
      {hint !== null && <span className="settings-soft">{hint}</span>}
      <Press
        tone="primary"
        data-testid="setup-save"
        disabled={props.isDemo || props.isSaving || isRunning}
        onClick={props.onSave}
      >
        <IconDeviceFloppy size={22} aria-hidden />
        {text(verdict !== null && verdict !== "ok" ? "save.anyway" : "save")}
      </Press>
    </span>,
    place,
  );
}

function hintFor(verdict: string | null, text: SettingsText): string | null {
  if (verdict === "ok") return null;
  return text(verdict === null ? "save.hint.none" : "save.hint.failed");
}
