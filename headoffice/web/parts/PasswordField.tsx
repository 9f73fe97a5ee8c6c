import { PasswordInput } from "@mantine/core";
import type { Ref } from "react";
import { useWords } from "../texts.tsx";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (typed: string) => void;
  readonly isNew?: boolean;
  readonly description?: string;
  readonly error?: string | false;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A password is always needed where it is asked for. */
export function PasswordField({ label, value, onChange, isNew = false, description, error, ref }: Props) {
  const { text } = useWords();
  return (
    <PasswordInput
      autoComplete={isNew ? "new-password" : "current-password"}
      description={description}
      error={error}
      label={label}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
      ref={ref}
      required
      value={value}
      visibilityToggleButtonProps={{ "aria-label": text("sign-in.toggle") }}
    />
  );
}
