import type { Channel, MessagePath, Parameter } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import type { Change, Subject } from '../change.ts';
import { changeOf, partOf } from './changing.ts';

/** The parameters of a channel's address: what they are called, which values they take, and where messages say them. */
export function compareParameters(from: Channel, to: Channel, subject: Subject): Change[] {
  const [names, now] = [namesOf(from), namesOf(to)];
  return names.flatMap((name, index) => {
    const is = now[index] ?? name;
    const [before, after] = [parameterOf(from, name), parameterOf(to, is)];
    return [...renamed(from, to, name, is, subject), ...compareParameter(before, after, subject)];
  });
}

/** An address with its parameters left blank: the broker does not know their names. */
export function blankAddress(address: string): string {
  return address.replace(/\{[^}]*\}/g, '{}');
}

/** In the order of the address; where it is not known before run time, as they are written down. */
function namesOf({ address, parameters }: Channel): string[] {
  if (address === null) return parameters.map(({ name }) => name);
  return [...address.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
}

/** A parameter that is not written down may be anything. */
function parameterOf(channel: Channel, name: string): Parameter {
  const nothing = { name, at: channel.at, examples: [] };
  return channel.parameters.find((it) => it.name === name) ?? nothing;
}

function renamed(from: Channel, to: Channel, name: string, is: string, subject: Subject): Change[] {
  if (name === is) return [];
  const places = { base: partOf(from, 'address'), head: partOf(to, 'address') };
  return [changeOf('channel/parameter-renamed', subject, { ...places, from: name, to: is })];
}

function compareParameter(from: Parameter, to: Parameter, subject: Subject): Change[] {
  const at = (place: string) => ({ base: partOf(from, place), head: partOf(to, place) });
  const came = to.values?.filter((it) => !from.values?.includes(it)) ?? [];
  const gone = from.values?.filter((it) => !to.values?.includes(it)) ?? [];
  const values = { ...at('enum'), from: valuesText(from), to: valuesText(to) };
  const isWider = from.values !== undefined && (to.values === undefined || came.length > 0);
  const isNarrower = to.values !== undefined && (from.values === undefined || gone.length > 0);
  const [was, is] = [from.location, to.location].map(locationText);
  const changes: Change[] = [
    ...(isWider ? [changeOf('channel/parameter-values-added', subject, values)] : []),
    ...(isNarrower ? [changeOf('channel/parameter-values-removed', subject, values)] : []),
    ...(from.default === to.default
      ? []
      : [
          changeOf('channel/parameter-default-changed', subject, {
            ...at('default'),
            from: from.default ?? 'none',
            to: to.default ?? 'none',
          }),
        ]),
    ...(was === is
      ? []
      : [
          changeOf('channel/parameter-location-changed', subject, {
            ...at('location'),
            from: was ?? '',
            to: is ?? '',
          }),
        ]),
  ];
  return changes.map((change) => ({ ...change, field: [to.name] }));
}

function valuesText({ values }: Parameter): string {
  return values ? values.join(', ') : 'any value';
}

function locationText(location: MessagePath | undefined): string {
  return location ? `${location.in} ${joinPointer(location.path)}` : 'nowhere';
}
