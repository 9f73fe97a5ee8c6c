/** The part of Electron's safeStorage that is used: asynchronous only, the synchronous calls leave in Electron 46. */
export interface KeyStore {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string }>;
  getSelectedStorageBackend?(): string;
}

/** `basic_text` is Chromium's hard-coded password: it hides nothing, so it does not count as a key store. */
export async function canSeal(keyStore: KeyStore): Promise<boolean> {
  if (process.platform === "linux" && keyStore.getSelectedStorageBackend?.() === "basic_text") return false;
  return keyStore.isAsyncEncryptionAvailable();
}
