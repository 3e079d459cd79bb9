-- claim: a node asks for leases, each good for one probe. Status LEASED, with one more pair 'leases' and their names, or NONE.
-- ARGV 6 wanted, 7 lease ms, 8 places, 9 failure rate per mille, 10 slow rate per mille (0: off), 11 ramp ms, 12 take-over ms
-- The rules of the claim that begins a round hold for all of it.

-- One node must not be able to fail a round alone, so it gets fewer places than it takes to fail it, and at least one.
local function share()
  local lower = current.failurePerMille
  if current.slowPerMille > 0 then
    lower = math.min(lower, current.slowPerMille)
  end
  return math.max(1, math.ceil(current.places * lower / 1000) - 1)
end

-- Beyond its share a node gets one at a time, and only where nobody else has taken a place for the take-over time.
local function grantable(had, takeover)
  local live = redis.call('ZCARD', LEASES_KEY)
  local free = math.min(current.atOnce - live, current.places - current.done - live, argument(6, 0, 10000))
  if had < share() then
    return math.min(free, share() - had)
  end
  return now - current.lastGrant < takeover and 0 or math.min(free, 1)
end

local function grant(count, had, ends)
  local names = {}
  for i = 1, count do
    names[i] = NODE .. '#' .. digits(current.leaseNumber + i)
    redis.call('ZADD', LEASES_KEY, digits(ends), names[i])
  end
  -- Not the lease's own time: the end of a short one would take longer ones with it.
  redis.call('PEXPIRE', LEASES_KEY, digits(STATE_TTL))
  write({leaseNumber = current.leaseNumber + count, lastGrant = now})
  redis.call('HSET', STATE_KEY, LEASES_OF_NODE .. NODE, digits(had + count))
  return table.concat(names, ' ')
end

if unusable then
  return answer(unusable)
end
local places, failurePerMille, slowPerMille = argument(8, 1, 10000), argument(9, 1, 1000), argument(10, 0, 1000)
local leaseTime, ramp, takeover = argument(7, 1, 3600000), argument(11, 0, DAY), argument(12, 0, 600000)
makeDueChanges()
if current.state == OPEN and now >= current.retryAt then
  move(HALF_OPEN, newRound(places, failurePerMille, slowPerMille, ramp))
end
if current.state ~= HALF_OPEN then
  return answer('NONE')
end
dropUnlessSorted(LEASES_KEY)
redis.call('ZREMRANGEBYSCORE', LEASES_KEY, '-inf', digits(now))
local had = tonumber(redis.call('HGET', STATE_KEY, LEASES_OF_NODE .. NODE) or '0') or 0
local count = grantable(had, takeover)
if count < 1 then
  return answer('NONE')
end
local names = grant(count, had, now + leaseTime)
local reply = answer('LEASED')
reply[#reply + 1] = 'leases'
reply[#reply + 1] = names
return reply
