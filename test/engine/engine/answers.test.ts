// Each operation receives each response that the service's contract allows, for each of its requests in turn.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf, UNKNOWN, variants } from '../../contract/answersOf.ts';
import { documentsIn } from '../../contract/published.ts';
import type { Arrival } from '../../sandbox/server.ts';
import { run } from '../harness.ts';
import { digaLab, portableLab } from '../validParameters.ts';
import type { Lab, ValidSet } from '../validParameters.ts';
import { fastTime } from '../fastTime.ts';

fastTime();

/** Members that the nodes add: the result of a deletion, as n8n's guidelines require. */
const OWN = new Set(['true', 'false']);

/** Messages that JavaScript generates. */
const UNCLEAR =
	/cannot read|undefined|null|is not a function|is not iterable|\[object|NaN|unexpected|circular/i;

/** All texts, numbers and booleans in a value, as text. */
function leaves(value: unknown): string[] {
	if (value === null || value === undefined) return [];
	if (typeof value === 'object') return Object.values(value).flatMap(leaves);
	return [typeof value === 'string' ? value : JSON.stringify(value)];
}

const parsed = (text: string | undefined): unknown => {
	try {
		return JSON.parse(text ?? '');
	} catch {
		return text;
	}
};

async function act(
	{ type, credentials }: Lab,
	{ resource, operation, parameters }: ValidSet,
	asDocumented = true,
) {
	const options = { keepRetryingFor: 1, ...(parameters.options as object | undefined) };
	const steps = [
		{ name: 'Start', type: 'test.items', parameters: { items: [{ odd: true }] as never } },
		{
			name: 'Node',
			type,
			parameters: { resource, operation, ...parameters, options } as never,
			onError: 'continueRegularOutput' as const,
		},
	];
	return await run(steps, credentials, { asDocumented });
}

const key = ({ method, path }: Arrival) => `${method} ${path.split('?')[0] ?? ''}`;

function documentOf(name: string) {
	const file = join(import.meta.dirname, '../../sandbox/contract', `${name}.yaml`);
	return documentsIn(readFileSync(file, 'utf8'))[0] ?? {};
}

describe.each([
	['portable', portableLab],
	['diga', digaLab],
] as const)('%s takes every answer that its contract allows', (name, open) => {
	const document = documentOf(name);
	let lab: Lab;

	beforeAll(async () => {
		lab = await open();
	});

	afterAll(async () => {
		await lab.sandbox.stop();
	});

	it.each(variants)(
		'%s: clear to the user, nothing invented, nothing sent twice',
		async (variant) => {
			const wrong: string[] = [];
			let tried = 0;
			for (const set of lab.sets) {
				lab.restore();
				await act(lab, set);
				const requests = new Map(lab.sandbox.requests.map((request) => [key(request), request]));
				for (const [request, { method, path }] of requests) {
					const answer = answerOf(document, { method, path }, variant);
					if (!answer) continue;
					lab.restore();
					lab.sandbox.misbehave({
						method,
						path: path.split('?')[0],
						kind: 'answer',
						worked: true,
						status: answer.status,
						body: JSON.stringify(answer.body),
						times: Infinity,
					});
					const { json } = await act(lab, set, variant !== 'unknown member');
					tried++;
					const where = `${set.resource}.${set.operation}, ${request}: `;
					const sent = lab.sandbox.requests.filter((one) => one.method !== 'GET').map(key);
					const twice = sent.filter((one, index) => sent.indexOf(one) !== index);
					if (twice.length > 0) wrong.push(`${where}sent twice: ${twice.join(', ')}`);
					const known = new Set([
						...OWN,
						...leaves(set.parameters),
						...lab.sandbox.requests.flatMap((one) => [
							...leaves(parsed(one.body)),
							...leaves(parsed(one.answer)),
						]),
					]);
					for (const output of json('Node')) {
						if (typeof output.error === 'string') {
							if (UNCLEAR.test(output.error)) wrong.push(`${where}${output.error}`);
							continue;
						}
						// a transcript is text with a line for each message
						const isMade = (leaf: string) =>
							leaf.split('\n').every((line) => known.has(line.replace(/^\w+: /, '')));
						const invented = leaves(output).filter((leaf) => !known.has(leaf) && !isMade(leaf));
						if (invented.length > 0) wrong.push(`${where}invented: ${invented.join(', ')}`);
						const lost =
							variant === 'unknown member' &&
							new Set(lab.sandbox.requests.map(key)).size === 1 &&
							!JSON.stringify(output).includes(UNKNOWN) &&
							!('deleted' in output);
						if (lost) wrong.push(`${where}lost: ${UNKNOWN}`);
					}
				}
			}
			// each operation sends at least one request
			expect(tried).toBeGreaterThanOrEqual(lab.sets.length);
			expect(wrong).toEqual([]);
		},
		240_000,
	);
});
