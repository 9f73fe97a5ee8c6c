import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PromotionsView } from "#contract/ipc/pricing-intents.ts";
import type { Promotion } from "#core/promotion/promotion.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { DealFields } from "./DealFields.tsx";
import { ExampleCard } from "./ExampleCard.tsx";
import { type FormFault, type PromotionForm, readForm } from "./form.ts";
import { ScopeFields } from "./ScopeFields.tsx";
import { usePromotionsText } from "./promotions-texts.ts";
import { useExampleItems } from "./use-promotions.ts";
import { WhenFields } from "./WhenFields.tsx";

/** Longest name of a promotion and longest code (contract/promotion). */
const mostNameCharacters = 40;
const mostCodeCharacters = 32;

export function PromotionEditor(props: {
  readonly form: PromotionForm;
  readonly isNew: boolean;
  readonly onForm: (form: PromotionForm) => void;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onDone: (view: PromotionsView) => void;
}) {
  const { form, isNew, onForm, onFault, onDone } = props;
  const text = usePromotionsText();
  const [wrong, setWrong] = useState<FormFault | null>(null);
  const items = useExampleItems(form);
  const read = readForm(form);
  const change = (part: Partial<PromotionForm>): void => {
    setWrong(null);
    onForm({ ...form, ...part });
  };
  const save = async (): Promise<void> => {
    if (!read.ok) return setWrong(read.fault);
    const result = await send("save-promotion", { promotion: onWire(read.value) });
    if (result.ok) onDone(result.value);
    else onFault(result.fault);
  };
  const end = async (): Promise<void> => {
    const result = await send("end-promotion", { promotionId: form.id });
    if (result.ok) onDone(result.value);
    else onFault(result.fault);
  };
  return (
    <form
      className="manager-card promotion-editor"
      data-testid="promotion-editor"
      aria-label={text(isNew ? "new" : "change")}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="promotion-fields">
        {wrong !== null && <TroubleNote text={text(`wrong.${wrong}`)} />}
        <NameFields form={form} onChange={change} />
        <DealFields form={form} onChange={change} />
        <ScopeFields form={form} onChange={change} />
        <WhenFields form={form} onChange={change} />
        <CouponFields form={form} onChange={change} />
        <Checkbox
          size="md"
          label={text("members-only")}
          data-testid="promotion-members"
          checked={form.isMemberOnly}
          onChange={(event) => change({ isMemberOnly: event.currentTarget.checked })}
        />
      </div>
      <div className="promotion-side">
        <ExampleCard promotion={read.ok ? read.value : null} items={items} />
        {!isNew && (
          <Press tone="danger" data-testid="promotion-end" onClick={() => void end()}>
            {text("end")}
          </Press>
        )}
        {/* A button that ends a form, so that Enter in any field saves. */}
        <button type="submit" className="press press-primary" data-testid="promotion-save">
          {text("save")}
        </button>
      </div>
    </form>
  );
}

/** What goes over the bridge is made of plain arrays, which the schema's types ask for. */
function onWire({ scope, schedule, ...rest }: Promotion): IntentArgs<"save-promotion">["promotion"] {
  const named = scope.kind === "all" ? scope : { ...scope, skus: [...scope.skus], categoryIds: [...scope.categoryIds] };
  return { ...rest, scope: named, schedule: { ...schedule, weekdays: [...schedule.weekdays] } };
}

interface Part {
  readonly form: PromotionForm;
  readonly onChange: (part: Partial<PromotionForm>) => void;
}

function NameFields({ form, onChange }: Part) {
  const text = usePromotionsText();
  return (
    <div className="promotion-pair">
      <NameField
        label={text("name-zh")}
        testId="promotion-name-zh"
        value={form.nameZh}
        onValue={(nameZh) => onChange({ nameZh })}
      />
      <NameField
        label={text("name-en")}
        testId="promotion-name-en"
        value={form.nameEn}
        onValue={(nameEn) => onChange({ nameEn })}
      />
    </div>
  );
}

const couponKinds = ["none", "shared", "numbered"] as const;

function CouponFields({ form, onChange }: Part) {
  const text = usePromotionsText();
  return (
    <div className="promotion-pair">
      <NativeSelect
        label={text("coupon")}
        size="md"
        data-testid="promotion-coupon-kind"
        value={form.couponKind}
        data={couponKinds.map((kind) => ({
          value: kind,
          label: text(`coupon.${kind}`),
        }))}
        onChange={(event) => {
          const kind = couponKinds.find((one) => one === event.currentTarget.value);
          onChange({ couponKind: kind ?? "none" });
        }}
      />
      {form.couponKind !== "none" && (
        <TextInput
          label={text(`coupon.${form.couponKind}.text`)}
          size="md"
          data-testid="promotion-coupon-text"
          value={form.couponText}
          maxLength={mostCodeCharacters}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ couponText: event.currentTarget.value.trim() })}
        />
      )}
    </div>
  );
}

function NameField(props: {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  return (
    <TextInput
      label={props.label}
      size="md"
      data-testid={props.testId}
      value={props.value}
      maxLength={mostNameCharacters}
      autoComplete="off"
      onChange={(event) => props.onValue(event.currentTarget.value)}
    />
  );
}
