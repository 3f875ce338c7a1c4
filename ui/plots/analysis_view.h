#pragma once

namespace chronograd {

class Lane;
struct AnalysisRequest;
struct Experiment;
struct SessionNews;

/// A card that shows what was computed about updates, and asks for it while it is seen.
class AnalysisView
{
public:
    virtual ~AnalysisView() = default;

    /// Another experiment: forgets everything.
    virtual void startExperiment(const Experiment& experiment) = 0;
    virtual void ask(AnalysisRequest& request) const = 0;
    virtual void showNews(const SessionNews& news) = 0;
    /// Another session is shown from now on: a lane, or the run (null). What belongs to one update goes; what
    /// was recorded over the updates is kept, and is there again when its session is.
    virtual void showSession(const Lane* session) = 0;
    virtual void forgetSession(const Lane*) {} ///< It has ended.
    /// False: nothing is asked for until it is seen again. (A card behind another one is not hidden.)
    virtual void setSeen(bool) {}
};

} // namespace chronograd
