/**
 * What `kubectl kustomize` makes of a folder, for the few of its features that deploy/kubernetes uses: resources,
 * components, namespace, labels, images, configMapGenerator and secretGenerator (without hashes in names), JSON patches, and patches that delete. Anything else is an error,
 * so that a manifest cannot begin to use what is not rendered here.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  readonly [field: string]: unknown;
}

interface Kustomization {
  readonly resources: readonly string[];
  readonly components?: readonly string[];
  readonly namespace?: string;
  readonly labels?: readonly { readonly pairs: Record<string, string> }[];
  readonly images?: readonly { readonly name: string; readonly newName: string; readonly newTag: string }[];
  readonly configMapGenerator?: readonly { readonly name: string; readonly literals: readonly string[] }[];
  readonly secretGenerator?: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly patches?: readonly {
    readonly target: { readonly kind: string; readonly name: string };
    readonly patch: string;
  }[];
}

const KNOWN = [
  'resources',
  'components',
  'namespace',
  'labels',
  'images',
  'configMapGenerator',
  'secretGenerator',
  'patches',
];

/** The resources of a folder that holds a kustomization.yaml. */
export const render = (dir: string): Resource[] => layerOf(dir, []);

const KINDS = ['kustomize.config.k8s.io/v1beta1 Kustomization', 'kustomize.config.k8s.io/v1alpha1 Component'];

/** A layer upon what is there: nothing for a kustomization, everything so far for a component. */
function layerOf(dir: string, below: readonly Resource[]): Resource[] {
  const file = join(dir, 'kustomization.yaml');
  const { apiVersion, kind, ...rest } = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  if (!KINDS.includes(`${String(apiVersion)} ${String(kind)}`))
    throw new Error(`${file} is no kustomization`);
  const unknown = Object.keys(rest).filter((field) => !KNOWN.includes(field));
  if (unknown.length > 0) throw new Error(`${file} uses ${unknown.join(', ')}, which is not rendered here`);
  const layer = rest as unknown as Kustomization;

  let resources = [
    ...below,
    ...layer.resources.flatMap((entry) => {
      const path = join(dir, entry);
      return statSync(path).isDirectory() ? render(path) : documents(path);
    }),
  ];
  for (const entry of layer.components ?? []) resources = layerOf(join(dir, entry), resources);
  for (const { name, literals } of layer.configMapGenerator ?? [])
    resources.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      data: Object.fromEntries(
        literals.map((literal) => [/^[^=]*/.exec(literal)?.[0], literal.replace(/^[^=]*=/, '')]),
      ),
    });
  for (const { name, files } of layer.secretGenerator ?? [])
    resources.push({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      type: 'Opaque',
      data: secrets(dir, files),
    });
  for (const resource of resources) {
    for (const { pairs } of layer.labels ?? [])
      resource.metadata.labels = { ...resource.metadata.labels, ...pairs };
    if (layer.namespace !== undefined) resource.metadata.namespace = layer.namespace;
    for (const { name, newName, newTag } of layer.images ?? [])
      for (const container of containersOf(resource))
        if (container.image === name) container.image = `${newName}:${newTag}`;
  }
  for (const { target, patch } of layer.patches ?? []) {
    const patched = resources.find(
      ({ kind: of, metadata }) => of === target.kind && metadata.name === target.name,
    );
    const steps = parse(patch) as Step[] | { readonly $patch: string };
    // What is to be deleted may be gone already.
    if (!patched && !Array.isArray(steps)) continue;
    if (!patched) throw new Error(`${file} patches ${target.kind} ${target.name}, which is not there`);
    if (!Array.isArray(steps)) {
      if (steps.$patch !== 'delete') throw new Error(`${file} has a patch that is not rendered here`);
      resources = resources.filter((resource) => resource !== patched);
    } else for (const step of steps) apply(patched, step);
  }
  return resources;
}

const documents = (file: string): Resource[] =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Resource);

function secrets(dir: string, files: readonly string[]): Record<string, string> {
  const entries = files.map((entry) => {
    const [key = '', path = key] = entry.split('=');
    const file = join(dir, path);
    return [key, existsSync(file) ? readFileSync(file).toString('base64') : ''];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The containers of a workload; none for anything else. */
export function containersOf(resource: Resource): { image: string; [field: string]: unknown }[] {
  const { template } = (resource['spec'] ?? {}) as {
    template?: { spec: { containers: { image: string }[] } };
  };
  return template?.spec.containers ?? [];
}

interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** One step of a JSON patch (RFC 6902). */
function apply(resource: Resource, { op, path, value }: Step): void {
  const parts = path.split('/').slice(1);
  const last = parts.pop() ?? '';
  let place: Record<string, unknown> = resource as unknown as Record<string, unknown>;
  for (const part of parts) place = place[part] as Record<string, unknown>;
  if (op === 'add' && Array.isArray(place) && last === '-') place.push(value);
  else if (op === 'add' && !Array.isArray(place)) place[last] = value;
  else if (!(last in place)) throw new Error(`there is nothing at ${path}`);
  else if (op === 'replace') place[last] = value;
  else if (op === 'remove' && Array.isArray(place)) place.splice(Number(last), 1);
  else if (op === 'remove') Reflect.deleteProperty(place, last);
  else if (op !== 'test') throw new Error(`a patch that would ${op} is not rendered here`);
  else if (place[last] !== value) throw new Error(`${path} is ${String(place[last])}, not ${String(value)}`);
}
