import type { OfficeRoutes } from "../office.ts";
import { guardApi, type Api } from "./api-scope.ts";
import { carriedAdminRoutes } from "./carried-routes.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import { importRoutes } from "./import-routes.ts";
import { createPasswords } from "./passwords.ts";
import { salesRoutes } from "./sales-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { shopRoutes } from "./shop-routes.ts";

/** What people at head office can see and do, under /api. */
export const adminRoutes: OfficeRoutes = async (app, office) => {
  const api: Api = { office, passwords: createPasswords() };
  await app.register(
    async (scope) => {
      await guardApi(scope, api);
      for (const add of [sessionRoutes, shopRoutes, salesRoutes, catalogueRoutes, importRoutes, carriedAdminRoutes])
        add(scope, api);
    },
    { prefix: "/api" },
  );
};
