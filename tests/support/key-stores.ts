import type { KeyStore } from "#main/secret/key-store.ts";

/** Seals for nobody in particular, but so that nothing stands there in clear. */
export const sealingKeyStore: KeyStore = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (plain) => Buffer.from(Buffer.from(plain).map((byte) => byte ^ 90)),
  decryptStringAsync: async (sealed) => ({ result: Buffer.from(sealed.map((byte) => byte ^ 90)).toString() }),
  getSelectedStorageBackend: () => "gnome_libsecret",
};

/** A machine that has none. */
export const noKeyStore: KeyStore = {
  ...sealingKeyStore,
  getSelectedStorageBackend: () => "basic_text",
  isAsyncEncryptionAvailable: async () => false,
};
