import { withFutureStart } from '../../../nodes/AmazonAppFlow/flowDefinition/schedule.ts';
import { withReadableTimes } from '../../../nodes/AmazonAppFlow/api/times.ts';

const HOUR = 3600;
const start = 1_800_000_000;

function flow(scheduleExpression: string, scheduleStartTime: unknown = start) {
	const Scheduled = { scheduleExpression, scheduleStartTime, scheduleOffset: 5 };
	return {
		description: 'kept',
		triggerConfig: { triggerType: 'Scheduled', triggerProperties: { Scheduled } },
	};
}

/** The start that is sent for a flow with this schedule, this many seconds after its stored start. */
function startAfter(seconds: number, expression: string, given?: unknown): unknown {
	const config = flow(expression, given) as never;
	const future = withFutureStart(config, (start + seconds) * 1000);
	const after = future.config as ReturnType<typeof flow>;
	const { scheduleStartTime, ...rest } = after.triggerConfig.triggerProperties.Scheduled;
	expect(future.warning === undefined).toBe(
		scheduleStartTime === (given ?? start) || given === null,
	);
	expect(rest).toEqual({ scheduleExpression: expression, scheduleOffset: 5 });
	expect(after.description).toBe('kept');
	return scheduleStartTime;
}

it.each([
	['in the future is kept', -1, 'rate(1hours)', start],
	['now moves forward, because it is past on arrival', 0, 'rate(1hours)', start + HOUR],
	['a moment ago moves forward', 0.001, 'rate(1hours)', start + HOUR],
	['exactly one interval ago moves forward', HOUR, 'rate(1hours)', start + 2 * HOUR],
	['long ago moves forward', 10 * HOUR + 1, 'rate(3hours)', start + 12 * HOUR],
	['with an interval in minutes moves at least a minute ahead', 61, 'rate(1minutes)', start + 180],
	['with an interval in days moves forward', HOUR, 'rate(2days)', start + 48 * HOUR],
	['with an interval in weeks moves forward', HOUR, 'rate(1weeks)', start + 7 * 24 * HOUR],
	[
		'with an interval in months is omitted, because months differ in length',
		HOUR,
		'rate(1months)',
		undefined,
	],
	['with a cron expression is omitted', HOUR, 'cron(0 12 * * ? *)', undefined],
])('a start %s', (_what, seconds, expression, expected) => {
	expect(startAfter(seconds, expression)).toBe(expected);
});

it('accepts a start from a response, and a missing start', () => {
	const read = new Date(start * 1000).toISOString();
	expect(startAfter(1, 'rate(1hours)', read)).toBe(start + HOUR);
	expect(startAfter(-1, 'rate(1hours)', read)).toBe(read);
	expect(startAfter(1, 'rate(1hours)', null)).toBeNull();
});

it('reports the change, and does not change a schedule that has ended', () => {
	const now = (start + 1) * 1000;
	const futureStart = (expression: string, more: object = {}) => {
		const config = flow(expression);
		Object.assign(config.triggerConfig.triggerProperties.Scheduled, more);
		return withFutureStart(config, now);
	};
	expect(futureStart('rate(1hours)').warning).toBe(
		'The schedule started at 2027-01-15T08:00:00.000Z, and AppFlow rejects a start in the past. The next time of the schedule was sent instead: 2027-01-15T09:00:00.000Z.',
	);
	expect(futureStart('cron(0 12 * * ? *)', { scheduleEndTime: start + HOUR }).warning).toContain(
		'The start was omitted, so the schedule starts when the flow is activated.',
	);
	const ended = futureStart('rate(1hours)', { scheduleEndTime: start + HOUR - 1 });
	expect(ended.warning).toContain(
		'It ends at 2027-01-15T08:59:59.000Z. Set a later End or remove it.',
	);
	expect(ended.config.triggerConfig).toMatchObject({
		triggerProperties: { Scheduled: { scheduleStartTime: start } },
	});
});

it('does not change a flow without a schedule', () => {
	const config = { triggerConfig: { triggerType: 'OnDemand' } };
	expect(withFutureStart(config, Date.now())).toEqual({ config });
});

it.each([
	'createdAt',
	'lastUpdatedAt',
	'startedAt',
	'registeredAt',
	'mostRecentExecutionTime',
	'dataPullStartTime',
	'dataPullEndTime',
	'scheduleStartTime',
	'scheduleEndTime',
	'firstExecutionFrom',
])('%s is ISO 8601 anywhere in a response, and nothing else is changed', (name) => {
	const answer = (time: unknown) => ({
		[name]: time,
		list: [{ inner: { [name]: time } }],
		tags: { [name]: '1767323045' },
		scheduleOffset: 1767323045,
		kmsArn: null,
	});
	expect(withReadableTimes(answer(1767323045.678))).toEqual(answer('2026-01-02T03:04:05.678Z'));
	expect(withReadableTimes(answer(1e300))).toEqual(answer(1e300));
});
