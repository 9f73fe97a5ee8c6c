import { memberLabel } from "#core/members/member.ts";
import { memberDigits, memberPrefix } from "#core/members/member-code.ts";
import { openPepper } from "#main/secret/open-pepper.ts";
import { createPinVault } from "#main/secret/pin-vault.ts";
import { type DeviceKey, openDeviceKeys } from "#main/secret/device-key.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { manager, type SeedShop, shopPeople } from "./shop.ts";

/** Outside Electron there is none: pepper and key are as safe as this user's files. */
const noKeyStore: KeyStore = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: () => Promise.reject(new Error("there is no key store here")),
  decryptStringAsync: () => Promise.reject(new Error("there is no key store here")),
};
const quiet = { info() {}, warn() {}, error() {}, child: () => quiet };

/** The key by which the till signs its shifts' ends, new with each data directory. */
export async function makeKey(dataDir: string): Promise<DeviceKey> {
  return (await openDeviceKeys(dataDir, noKeyStore, quiet)).make();
}

/** Hashes of everybody's PIN, under the pepper of this data directory. */
export async function hashPins(dataDir: string): Promise<ReadonlyMap<string, string>> {
  const vault = createPinVault(await openPepper(dataDir, noKeyStore, quiet));
  const hashes = new Map<string, string>();
  for (const { cashier, pin } of shopPeople) hashes.set(cashier.id, await vault.hash(pin));
  return hashes;
}

/** Puts the shop's people in: inside one transaction. */
export function putPeople({ store }: Pick<SeedShop, "store">, hashes: ReadonlyMap<string, string>): void {
  for (const { cashier } of shopPeople) store.putCashier(cashier, hashes.get(cashier.id) ?? "");
}

const surnames = [..."王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗"];
const givenNames = [
  "伟",
  "芳",
  "娜",
  "敏",
  "静",
  "丽",
  "强",
  "磊",
  "军",
  "洋",
  "艳",
  "勇",
  "杰",
  "娟",
  "涛",
  "明",
  "超",
  "秀英",
  "霞",
  "平",
];

/** Enrols so many members: inside one transaction. */
export function enrolMembers(
  { store, chance, clock }: Pick<SeedShop, "store" | "chance" | "clock">,
  count: number,
): Pick<SeedShop, "members" | "labels"> {
  const members: string[] = [];
  const labels = new Map<string, string>();
  for (let index = 0; index < count; index += 1) {
    clock.nowMs += 1;
    const memberId = chance.id(clock.nowMs);
    // Different for each of a hundred million: the factor shares nothing with it.
    const phone = `139${String((index * 7_654_321) % 100_000_000).padStart(8, "0")}`;
    const code = `${memberPrefix}${String(index * 104_729 + 17).padStart(memberDigits, "0")}`;
    const name = `${surnames[index % surnames.length]}${givenNames[Math.floor(index / 7) % givenNames.length]}`;
    store.enrolMember(
      { memberId, code, name, phone, enrolledAtMs: clock.nowMs },
      { kind: "member-enrolled", body: { memberId, cashierId: manager.id } },
    );
    members.push(memberId);
    labels.set(memberId, memberLabel({ phone, code }));
  }
  return { members, labels };
}
