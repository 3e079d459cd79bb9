-- result: a probe ended; each lease is good for one result, before it runs out. Status OK, OPENED, CLOSED, STALE.
-- ARGV 6 lease, 7 'S' success, 'F' failure or timeout, 'U' unused, 8 '1' if slow, 9..13 interval
local function takeLease(lease)
  dropUnlessSorted(LEASES_KEY)
  local ends = tonumber(redis.call('ZSCORE', LEASES_KEY, lease) or '0') or 0
  redis.call('ZREM', LEASES_KEY, lease)
  return ends > now
end

local function giveBack()
  local field = LEASES_OF_NODE .. NODE
  local had = tonumber(redis.call('HGET', STATE_KEY, field) or '0') or 0
  if had > 1 then
    redis.call('HSET', STATE_KEY, field, digits(had - 1))
  else
    redis.call('HDEL', STATE_KEY, field)
  end
end

local function count(failed, slow)
  local atOnce = current.atOnce
  if not failed and not slow then
    atOnce = math.min(atOnce * 2, current.places)
  end
  write({
    done = current.done + 1, failed = current.failed + (failed and 1 or 0), slow = current.slow + (slow and 1 or 0), atOnce = atOnce,
  })
end

-- The round is judged by its places, not by what has ended so far: it fails as soon as it can no longer pass.
local function reaches(counted, perMille)
  return perMille > 0 and counted * 1000 >= perMille * current.places
end

if unusable then
  return answer(unusable)
end
local outcome = ARGV[7]
if outcome ~= 'S' and outcome ~= 'F' and outcome ~= 'U' then
  error('bad argument 7')
end
local interval = intervalArguments(9)
makeDueChanges()
if KNOWN_EPOCH ~= current.epoch or current.state ~= HALF_OPEN or not takeLease(ARGV[6]) then
  return answer('STALE')
end
if outcome == 'U' then
  giveBack()
  return answer('OK')
end
count(outcome == 'F', ARGV[8] == '1')
if reaches(current.failed, current.failurePerMille) then
  open('FAILURE_RATE', current.streak + 1, interval)
  return answer('OPENED')
end
if reaches(current.slow, current.slowPerMille) then
  open('SLOW_CALL_RATE', current.streak + 1, interval)
  return answer('OPENED')
end
if current.done >= current.places then
  closeAfterProbes(current.ramp)
  return answer('CLOSED')
end
return answer('OK')
