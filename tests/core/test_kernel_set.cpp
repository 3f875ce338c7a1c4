#include "core/kernels/kernels.h"

#include <QProcess>
#include <QTest>

using namespace chronograd;

namespace {

/// This program, started again with a choice of kernels, to test which are chosen.
struct Run
{
    explicit Run(const QString& choice)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CHRONOGRAD_KERNELS"), choice);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("theBestSetIsChosenUnlessOneIsForced")});
        process.waitForFinished();
        exitCode = process.exitCode();
        errors = QString::fromUtf8(process.readAllStandardError());
    }

    int exitCode;
    QString errors;
};

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

class TestKernelSet : public QObject
{
    Q_OBJECT

private slots:
    void theBestSetIsChosenUnlessOneIsForced();
    void plainCodeRunsEverywhere();
    void everySetOfTheMachineCanBeForced();
    void anUnknownSetIsRefusedInOneSentence();
};

void TestKernelSet::theBestSetIsChosenUnlessOneIsForced()
{
    const QString best = textOf(kernels::supportedKernelSets().front()->name);
    QCOMPARE(textOf(kernels::kernelSetName()), qEnvironmentVariable("CHRONOGRAD_KERNELS", best));
}

void TestKernelSet::plainCodeRunsEverywhere()
{
    QCOMPARE(kernels::supportedKernelSets().back()->name, std::string_view("plain"));
}

void TestKernelSet::everySetOfTheMachineCanBeForced()
{
    for (const kernels::KernelSet* set : kernels::supportedKernelSets()) {
        const Run run(textOf(set->name));
        QCOMPARE(run.errors, QString());
        QCOMPARE(run.exitCode, 0);
    }
}

void TestKernelSet::anUnknownSetIsRefusedInOneSentence()
{
    QString names;
    for (const kernels::KernelSet* set : kernels::supportedKernelSets())
        names += (names.isEmpty() ? QString() : QStringLiteral(", ")) + textOf(set->name);
    const Run run(QStringLiteral("x86-64-v9"));
    QCOMPARE(run.errors,
             QStringLiteral("CHRONOGRAD_KERNELS is \"x86-64-v9\", but this machine has %1.\n").arg(names));
    QCOMPARE(run.exitCode, 2);
}

QTEST_GUILESS_MAIN(TestKernelSet)
#include "test_kernel_set.moc"
