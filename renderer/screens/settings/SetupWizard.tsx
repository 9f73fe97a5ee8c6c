import { IconArrowLeft, IconArrowRight, IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { DraftView, SetupStep, SetupView } from "#contract/ipc/setup-view.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { isOnButton, useKeys } from "../../till/keys.ts";
import { GatewayKeyStep } from "./GatewayKeyStep.tsx";
import { MerchantKeyStep } from "./MerchantKeyStep.tsx";
import { MerchantStep } from "./MerchantStep.tsx";
import { ProtocolStep } from "./ProtocolStep.tsx";
import { useSettingsText } from "./settings-texts.ts";
import { fieldsOf, isStepGood, steps } from "./steps.ts";
import { TestStep } from "./TestStep.tsx";
import { useFields } from "./use-fields.ts";
import type { Setup } from "./use-setup.ts";

/** Setting WeChat Pay up, step by step. Steps may be taken in any order; nothing entered is ever lost by going on or back. */
export function SetupWizard(props: {
  readonly setup: Setup;
  readonly view: SetupView;
  readonly draft: DraftView;
  readonly trouble: ReactNode;
  readonly onPutAside: () => void;
  readonly onSaved: () => void;
}) {
  const { setup, draft, trouble, onPutAside } = props;
  const text = useSettingsText();
  const fields = useFields(draft, setup.run);
  const at = steps.indexOf(draft.step);
  const goTo = (step: SetupStep | undefined): void => {
    fields.showProblems(fieldsOf[draft.step]);
    if (step !== undefined) void fields.goTo(step);
  };
  const goBack = (): void => {
    if (at === 0) onPutAside();
    else goTo(steps[at - 1]);
  };
  useKeys("screen", (event) => {
    if (event.key === "Escape") goBack();
    else if (event.key === "Enter" && !event.repeat && !isOnButton(event) && at < steps.length - 1) goTo(steps[at + 1]);
    else return false;
    return true;
  });
  return (
    <div className="setup" data-testid="setup" data-step={draft.step}>
      <StepRail draft={draft} onStep={goTo} />
      <main className="setup-step" key={draft.step}>
        <h2>{text(`head.${draft.step}`)}</h2>
        <p className="settings-soft">{text(`about.${draft.step}`)}</p>
        {trouble}
        <StepOf {...props} fields={fields} goTo={goTo} />
      </main>
      <footer className="setup-foot">
        <Press data-testid="setup-back" onClick={goBack}>
          <IconArrowLeft size={22} aria-hidden />
          {text(at === 0 ? "step.later" : "step.before")}
          <KeyCap>Esc</KeyCap>
        </Press>
        {at > 0 && at < steps.length - 1 && (
          <Press data-testid="setup-later" tone="quiet" onClick={onPutAside}>
            {text("step.later")}
          </Press>
        )}
        <span className="settings-grow" />
        {at < steps.length - 1 && (
          <Press tone="primary" data-testid="setup-next" onClick={() => goTo(steps[at + 1])}>
            {text("step.next")}
            <IconArrowRight size={22} aria-hidden />
            <KeyCap>Enter</KeyCap>
          </Press>
        )}
        <span id="setup-primary" />
      </footer>
    </div>
  );
}

function StepOf(
  props: Parameters<typeof SetupWizard>[0] & {
    readonly fields: ReturnType<typeof useFields>;
    readonly goTo: (step: SetupStep) => void;
  },
) {
  const { setup, draft, fields } = props;
  switch (draft.step) {
    case "merchant":
      return <MerchantStep fields={fields} />;
    case "merchant-key":
      return <MerchantKeyStep draft={draft} fields={fields} run={setup.run} />;
    case "gateway-key":
      return <GatewayKeyStep draft={draft} fields={fields} run={setup.run} />;
    case "protocol":
      return <ProtocolStep draft={draft} fields={fields} run={setup.run} />;
    case "test":
      return <TestStep {...props} run={setup.run} />;
  }
}

function StepRail({ draft, onStep }: { readonly draft: DraftView; readonly onStep: (step: SetupStep) => void }) {
  const text = useSettingsText();
  return (
    <nav className="setup-rail" aria-label={text("steps")}>
      {steps.map((step, index) => {
        const isGood = step !== "test" && isStepGood(step, draft);
        return (
          <button
            key={step}
            type="button"
            data-testid={`step-${step}`}
            aria-current={step === draft.step ? "step" : undefined}
            aria-label={`${text("step", { number: index + 1, count: steps.length })} ${text(`step.${step}`)}${
              step === "test" ? "" : ` · ${text(isGood ? "step.good" : "step.open")}`
            }`}
            onClick={() => onStep(step)}
          >
            <i data-good={isGood}>{isGood ? <IconCheck size={18} aria-hidden /> : index + 1}</i>
            {text(`step.${step}`)}
          </button>
        );
      })}
    </nav>
  );
}
