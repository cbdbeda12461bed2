-- For wrk: asks for the paths of a file in turn, each thread from its own place on, and says what came of it on one line.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    paths = {}
    for line in io.lines(args[1]) do
        paths[#paths + 1] = wrk.format("GET", line, { ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Benchmark/1", ["Accept-Language"] = "en" })
    end
    at = number * 7919 % #paths
end

function request()
    at = at % #paths + 1
    return paths[at]
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        "figures %.1f %.3f %d",
        summary.requests / (summary.duration / 1e6),
        latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout
    ))
end
