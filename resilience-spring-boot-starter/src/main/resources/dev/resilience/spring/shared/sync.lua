-- sync: adds what a node counted of some breakers, and answers with the fleet's sums over the window. Decides nothing.
-- KEYS for each breaker: state, window, votes
-- ARGV 1 node, then for each breaker: known epoch, calls, failures, slow, duration ms, busy ms (concurrency summed up over time),
--      width of a bucket ms, '1' to note this node if it had failures, '2' to note it in any case, and to count those noted
-- Answer: now, then for each breaker one of {0, epoch, calls, failures, slow, duration, busy, busy of the last whole bucket, failing nodes},
--      {1, epoch} stale: read the state, {2} corrupt, {3} another version
-- The window is a hash: T = running totals, s<n> = the totals when bucket n began. Its sum is T - s<newest - 9>: one read and one
-- write, however long it is. Both are packed doubles, because text took a third more of the server's time.
local KEYS_EACH, ARGUMENTS_EACH = 3, 8
local BUCKETS = 10
local MOST, MOST_IN_ALL = 1e12, 1e15
local LARGEST = 9007199254740991
local TOTALS, SNAPSHOT = '<dddddddd', '<ddddd'
local TOTALS_SIZE, SNAPSHOT_SIZE = 64, 40
local NOTES_FAILING, NOTES_THIS = '1', '2'
local COUNTED, STALE, CORRUPT, OTHER_VERSION = 0, 1, 2, 3
local COUNTING = {CLOSED = true, RECOVERING = true, FORCED_CLOSED = true}
local NOT_COUNTING = {OPEN = true, HALF_OPEN = true, FORCED_OPEN = true}

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function isCount(number)
  return number and number >= 0 and number < MOST
end

local function isTotal(number)
  return number >= 0 and number < MOST_IN_ALL
end

-- Returns the delta of the breaker at an index, nil if it makes no sense.
local function delta(index)
  local first = 1 + ARGUMENTS_EACH * (index - 1)
  local noting = ARGV[first + 8]
  local read = {countsNodes = noting == NOTES_FAILING or noting == NOTES_THIS, isInTrouble = noting == NOTES_THIS}
  for i, name in ipairs({'epoch', 'calls', 'failures', 'slow', 'duration', 'busy', 'width'}) do
    read[name] = tonumber(ARGV[first + i])
    if name ~= 'epoch' and not isCount(read[name]) then
      return nil
    end
  end
  local sound = read.epoch and read.width >= 10 and read.width == math.floor(read.width)
  return sound and read or nil
end

-- Returns the epoch that counts, or nil and the answer that says why the delta does not.
local function countingEpoch(stateKey, known)
  local stored = redis.pcall('HMGET', stateKey, 'v', 'e', 's')
  if stored.err then
    return nil, {CORRUPT}
  end
  local version, epoch, state = stored[1], stored[2], stored[3]
  if not version and not epoch and not state then
    version, epoch, state = '1', '0', 'CLOSED'
  end
  if version ~= '1' then
    return nil, {version and OTHER_VERSION or CORRUPT}
  end
  local isEpoch = epoch and #epoch <= 16 and string.find(epoch, '^%d+$') and tonumber(epoch) <= LARGEST
  if not isEpoch or not (COUNTING[state or ''] or NOT_COUNTING[state or '']) then
    return nil, {CORRUPT}
  end
  epoch = tonumber(epoch)
  if epoch ~= known or not COUNTING[state] then
    return nil, {STALE, epoch}
  end
  return epoch
end

-- Returns what the window holds, nil unless it is of this epoch, at most a window old, and sound.
local function storedTotals(packed, epoch, bucket)
  if not packed or #packed ~= TOTALS_SIZE then
    return nil
  end
  local of, newest, calls, failures, slow, duration, busy, lastBusy = struct.unpack(TOTALS, packed)
  local isNow = of == epoch and newest > bucket - BUCKETS and newest <= bucket
  local sound = isTotal(calls) and isTotal(failures) and isTotal(slow) and isTotal(duration) and isTotal(busy) and isTotal(lastBusy)
  if not isNow or not sound then
    return nil
  end
  return {newest = newest, calls = calls, failures = failures, slow = slow, duration = duration, busy = busy, lastBusy = lastBusy}
end

local function snapshot(totals)
  return struct.pack(SNAPSHOT, totals.calls, totals.failures, totals.slow, totals.duration, totals.busy)
end

local function begin(windowKey, bucket, width)
  local totals = {newest = bucket, calls = 0, failures = 0, slow = 0, duration = 0, busy = 0, lastBusy = 0}
  redis.call('DEL', windowKey)
  redis.call('HSET', windowKey, 's' .. bucket, snapshot(totals))
  redis.call('PEXPIRE', windowKey, width * 2 * BUCKETS)
  return totals
end

-- Begins the buckets since the newest with the totals so far; those that left the window go.
local function advance(windowKey, totals, bucket, width)
  local newest = totals.newest
  local last = redis.call('HGET', windowKey, 's' .. newest)
  totals.lastBusy = 0
  if newest == bucket - 1 and last and #last == SNAPSHOT_SIZE then
    totals.lastBusy = math.max(0, totals.busy - select(5, struct.unpack(SNAPSHOT, last)))
  end
  local packed, gone = snapshot(totals), {}
  for each = newest + 1, bucket do
    redis.call('HSET', windowKey, 's' .. each, packed)
    gone[#gone + 1] = 's' .. (each - BUCKETS)
  end
  redis.call('HDEL', windowKey, unpack(gone))
  redis.call('PEXPIRE', windowKey, width * 2 * BUCKETS)
  totals.newest = bucket
end

local function add(windowKey, totals, epoch, counted)
  totals.calls = totals.calls + counted.calls
  totals.failures = totals.failures + counted.failures
  totals.slow = totals.slow + counted.slow
  totals.duration = totals.duration + counted.duration
  totals.busy = totals.busy + counted.busy
  redis.call('HSET', windowKey, 'T', struct.pack(TOTALS, epoch, totals.newest, totals.calls, totals.failures, totals.slow,
    totals.duration, totals.busy, totals.lastBusy))
end

local function failingNodes(votesKey, counted)
  if not counted.countsNodes then
    return 0
  end
  local size = redis.pcall('ZCARD', votesKey)
  if type(size) == 'table' and size.err then
    redis.call('DEL', votesKey)
  end
  if counted.isInTrouble or counted.failures > 0 then
    redis.call('ZADD', votesKey, now, ARGV[1])
    redis.call('PEXPIRE', votesKey, counted.width * BUCKETS)
  end
  redis.call('ZREMRANGEBYSCORE', votesKey, '-inf', now - counted.width * BUCKETS)
  return redis.call('ZCARD', votesKey)
end

local function sync(index)
  local first = KEYS_EACH * (index - 1)
  local stateKey, windowKey, votesKey = KEYS[first + 1], KEYS[first + 2], KEYS[first + 3]
  local counted = delta(index)
  if not counted then
    return {CORRUPT}
  end
  local epoch, refusal = countingEpoch(stateKey, counted.epoch)
  if not epoch then
    return refusal
  end
  local bucket = math.floor(now / counted.width)
  local window = redis.pcall('HMGET', windowKey, 'T', 's' .. (bucket - BUCKETS + 1))
  local totals = not window.err and storedTotals(window[1], epoch, bucket)
  local before = totals and window[2]
  if not totals then
    totals = begin(windowKey, bucket, counted.width)
  elseif totals.newest < bucket then
    advance(windowKey, totals, bucket, counted.width)
  end
  add(windowKey, totals, epoch, counted)
  local calls, failures, slow, duration, busy = 0, 0, 0, 0, 0
  if before and #before == SNAPSHOT_SIZE then
    calls, failures, slow, duration, busy = struct.unpack(SNAPSHOT, before)
  end
  return {
    COUNTED, epoch, totals.calls - calls, totals.failures - failures, totals.slow - slow, totals.duration - duration,
    totals.busy - busy, totals.lastBusy, failingNodes(votesKey, counted),
  }
end

local answers = {now}
for index = 1, #KEYS / KEYS_EACH do
  answers[index + 1] = sync(index)
end
return answers
